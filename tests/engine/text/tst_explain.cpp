// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "engine/policies/policy.h"
#include "engine/run/jobgraph.h"
#include "engine/text/explain.h"
#include "engine/text/policytext.h"
#include "tests/support/worlds.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace blockscope;
using namespace blockscope::test;

namespace {

QmpCommand command(const char *name, Object arguments)
{
    return {name, std::move(arguments)};
}

// base <- mid1 <- mid2 <- top with guest vda; commit c0 of mid2 into mid1 has made five steps.
World committing()
{
    World world = chainWorld({"base", "mid1", "mid2", "top"});
    blockscope::apply(
        world,
        command("block-commit", {{"device", "top"}, {"top-node", "mid2"}, {"base-node", "mid1"}, {"job-id", "c0"}}));
    blockscope::apply(world, StepControl{"c0", 5});
    return world;
}

Explanation explained(World world, const Event &event)
{
    const World before = world;
    return explain(before, event, blockscope::apply(world, event));
}

const ReasonText *find(const Explanation &explanation, const QString &node, const QString &code)
{
    for (const ReasonText &each : explanation.reasons) {
        if (each.nodeName == node && each.code == code)
            return &each;
    }
    return nullptr;
}

} // namespace

class TestExplain : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void headline_data();
    void headline();
    void everyReasonIsTold_data();
    void everyReasonIsTold();
    void whatNoClaimExplains_data();
    void whatNoClaimExplains();
    void aLockIsToldInQemusWords_data();
    void aLockIsToldInQemusWords();
    void policiesOfQemu_data();
    void policiesOfQemu();
    void reasonsOfOneCauseAreOne();
    void theGravestComesFirst();
    void sayWhatTheHolderDoes_data();
    void sayWhatTheHolderDoes();
    void anAllowedRequestNamesWhoWasAsked();
    void anInvalidOneSaysWhatIsWrong();
    void longNamesAreElided();
    void namesThatLookLikePlaceholders();
    void oneLineForABadge();
    void plainText();
    void markdownEscapesNames();
    void remediesInWords();
    void whoHoldsTheGraphLockIsNamedByEveryPolicy();
};

void TestExplain::headline_data()
{
    QTest::addColumn<QmpCommand>("request");
    QTest::addColumn<QString>("headline");

    const auto row = [](const char *name, const QmpCommand &request, const char *headline) {
        QTest::newRow(name) << request << QString::fromUtf8(headline);
    };
    row("refused by a job", command("block-stream", {{"device", "top"}}),
        "block-stream of top was refused: commit c0 is overwriting mid1.");
    row("refused by a link", command("blockdev-del", {{"node-name", "base"}}),
        "blockdev-del of base was refused: overlay mid1 needs base below it.");
    row("not possible", command("block-stream", {{"device", "nope"}}),
        "block-stream of nope is not possible: Cannot find device='nope' nor node-name='nope'.");
    row("unknown command", command("no-such-thing", {}),
        "no-such-thing is not possible: The command no-such-thing has not been found.");
    row("job control", command("job-pause", {{"id", "c0"}}), "job-pause of c0 was accepted.");
}

void TestExplain::headline()
{
    QFETCH(QmpCommand, request);
    QTEST(explained(committing(), request).headline, "headline");
}

void TestExplain::everyReasonIsTold_data()
{
    QTest::addColumn<QString>("node");
    QTest::addColumn<QString>("code");
    QTest::addColumn<QString>("rule");

    const auto row = [](const char *node, const char *code, const char *rule) {
        QTest::addRow("%s %s", node, code)
            << QString::fromUtf8(node) << QString::fromUtf8(code) << QString::fromUtf8(rule);
    };
    row("mid1", "NAC-R1", "block-stream has to read visible data (RV) at mid1, but commit c0 lets nobody else do so.");
    row("mid1", "NAC-R2",
        "block-stream lets nobody else modify visible data (MV) or modify metadata (MM) at mid1, but commit c0 has "
        "to.");
    row("mid2", "NAC-R1",
        "block-stream has to reconfigure the graph (GR) at mid2, but commit c0 lets nobody else do so.");
    row("mid2", "NAC-R2", "block-stream lets nobody else reconfigure the graph (GR) at mid2, but commit c0 has to.");
    row("top", "NAC-R2", "block-stream lets nobody else reconfigure the graph (GR) at top, but commit c0 has to.");
}

void TestExplain::everyReasonIsTold()
{
    QFETCH(QString, node);
    QFETCH(QString, code);
    const Explanation why = explained(committing(), command("block-stream", {{"device", "top"}}));
    const ReasonText *reason = find(why, node, code);
    QVERIFY(reason != nullptr);
    QTEST(reason->rule, "rule");
    QCOMPARE(reason->holderName, u"commit c0"_s);
    QCOMPARE(reason->sinceText, u"since step 1"_s);
    QVERIFY(reason->heldBecause.startsWith(u"For commit c0, %1 is "_s.arg(node)));
}

void TestExplain::whatNoClaimExplains_data()
{
    QTest::addColumn<QString>("code");
    QTest::addColumn<bool>("hasNode");
    QTest::addColumn<QString>("headline");
    QTest::addColumn<bool>("hasHolder");
    QTest::newRow("an access that was stopped")
        << u"NAC-ACCESS"_s << true
        << u"blockdev-snapshot of top was refused: it holds no claim to reconfigure the graph (GR) at base."_s << true;
    QTest::newRow("nobody holds it") << u"NAC-N1"_s << true
                                     << u"blockdev-snapshot of top was refused: nobody holds base, and that is no "
                                        "permission."_s
                                     << false;
    QTest::newRow("the graph lock")
        << u"GRAPH-LOCK"_s << true << u"blockdev-snapshot of top was refused: listed request r0 holds the graph lock."_s
        << true;
    QTest::newRow("the graph lock, held over nothing")
        << u"GRAPH-LOCK"_s << false
        << u"blockdev-snapshot of top was refused: listed request r0 holds the graph lock."_s << true;
    QTest::newRow("an image lock") << u"IMAGE-LOCK"_s << true
                                   << u"blockdev-snapshot of top was refused: listed request r0 has locked the image "
                                      "of base."_s
                                   << true;
}

void TestExplain::whatNoClaimExplains()
{
    QFETCH(QString, code);
    QFETCH(bool, hasNode);
    QFETCH(bool, hasHolder);
    World world = chainWorld({"base", "top"});
    world.listed.edit().push_back({"r0", "block-stream", {}, {}, {}, {}, 1, {}});
    Reason reason;
    reason.code = code.toStdString();
    reason.node = hasNode ? *world.graph.findNode("base") : NodeId();
    reason.action = Action::GraphReconfiguration;
    reason.holder = code.startsWith(u"NAC"_s) ? Holder::synchronous() : Holder{Holder::Kind::Operation, 1};
    const Explanation why = explain(world, command("blockdev-snapshot", {{"node", "top"}, {"overlay", "o"}}),
                                    Outcome{Outcome::Kind::Refused, {"nac", {reason}}, {}, {}});
    QTEST(why.headline, "headline");
    QCOMPARE(why.reasons.size(), std::size_t{1});
    const ReasonText &row = why.reasons.front();
    QCOMPARE(row.holder.has_value(), hasHolder);
    QVERIFY(!row.nodeName.isEmpty() && !row.holderBrief.isEmpty() && !row.holderName.isEmpty());
    QVERIFY2(row.rule.endsWith(u'.') && !row.rule.contains(code) && !row.rule.contains(u"  "_s), qPrintable(row.rule));
}

void TestExplain::aLockIsToldInQemusWords_data()
{
    QTest::addColumn<bool>("isReadOnly");
    QTest::addColumn<QString>("error");
    QTest::addColumn<QString>("rule");

    QTest::newRow("a writer")
        << false << u"Failed to get \"write\" lock"_s
        << u"blockdev-add gets no lock on the image of top-file, because node top has "
           "locked byte 201 of it. In the words of QEMU: Failed to get \"write\" lock. Is another "
           "process using the image [/images/top.qcow2]?"_s;
    QTest::newRow("a reader") << true << u"Failed to get shared \"write\" lock"_s
                              << u"blockdev-add gets no lock on the image of top-file, because node top has "
                                 "locked byte 101 of it. In the words of QEMU: Failed to get shared \"write\" lock. Is "
                                 "another process using the image [/images/top.qcow2]?"_s;
}

void TestExplain::aLockIsToldInQemusWords()
{
    QFETCH(bool, isReadOnly);
    World world = chainWorld({"base", "top"});
    world.otherHosts.edit()["there"] = "running";
    usePolicy(world, kQemuPolicy);
    const Event event = QmpCommand{"blockdev-add",
                                   {{"driver", "qcow2"},
                                    {"node-name", "again"},
                                    {"read-only", isReadOnly},
                                    {"file", Object{{"driver", "file"}, {"filename", "/images/top.qcow2"}}}},
                                   {},
                                   "there"};
    const World before = world;
    const Outcome outcome = apply(world, event);
    const Explanation why = explain(before, event, outcome);
    QTEST(QString::fromStdString(outcome.verdict.error), "error");
    QCOMPARE(why.reasons.size(), std::size_t{1});
    QTEST(why.reasons.front().rule, "rule");
}

void TestExplain::policiesOfQemu_data()
{
    QTest::addColumn<QString>("policy");
    QTest::addColumn<QmpCommand>("request");
    QTest::addColumn<QString>("headline");
    QTest::addColumn<QString>("rule");

    QString policy = u"legacy"_s;
    const auto row = [&](const char *name, const QmpCommand &request, const char *headline, const char *rule) {
        QTest::addRow("%s: %s", qPrintable(policy), name)
            << policy << request << QString::fromUtf8(headline) << QString::fromUtf8(rule);
    };
    row("by a job", command("block-stream", {{"device", "vda"}}),
        "block-stream of vda was refused: commit c0 keeps top busy.",
        "block-stream is kept from top by commit c0, whatever it would do there. QEMU answers: “Node 'vda' is busy: "
        "block device is in use by block job: commit”.");
    row("by a link", command("blockdev-del", {{"node-name", "base"}}),
        "blockdev-del of base was refused: overlay mid1 keeps base busy.",
        "blockdev-del is kept from base by overlay mid1 (its backing link to base), whatever it would do there. QEMU "
        "answers: “Node 'base' is busy: node is used as backing hd of 'mid1'”.");
    row("not expressible", command("block-stream", {{"device", "mid2"}}),
        "block-stream of mid2 was refused: it cannot be said to the QEMU of that time.",
        "block-stream is asked for in a way that came later: that QEMU would not know the command, the argument or the "
        "device. In our words: “Blockscope: QEMU 2.5 has no device for node 'mid2', and argument 'device' of "
        "block-stream takes no node-name”.");
    row("elsewhere in the graph", command("block_resize", {{"node-name", "mid2"}, {"size", std::int64_t{1} << 30}}),
        "block_resize of mid2 was refused: mid2 is not where it has to be in the graph.",
        "block_resize does not take mid2 where it is. QEMU answers: “The feature 'resize' is not enabled”.");
    row("allowed", command("block-dirty-bitmap-add", {{"node", "top"}, {"name", "b0"}}),
        "block-dirty-bitmap-add of top was allowed: nothing that it checks is blocked.", "");
    policy = u"qemu"_s;
    row("by a link", command("blockdev-del", {{"node-name", "base"}}),
        "blockdev-del of base was refused: overlay mid1 keeps base busy.",
        "blockdev-del may not touch base: overlay mid1 (its backing link to base) blocks such operations there, "
        "whatever they would do. QEMU answers: “Node 'base' is busy: node is used as backing hd of 'mid1'”.");
    row("no root node",
        command("change-backing-file", {{"device", "mid2"}, {"image-node-name", "mid2"}, {"backing-file", "x"}}),
        "change-backing-file of mid2 was refused: mid2 is no root node, for filter #block8 is above it.",
        "change-backing-file takes root nodes alone, and mid2 has filter #block8 (its backing link to mid2) above it. "
        "QEMU "
        "answers: “Need a root block node”.");
    row("a frozen link",
        command("blockdev-reopen",
                {{"options",
                  Value::List{Object{
                      {"driver", "qcow2"}, {"node-name", "mid2"}, {"file", "mid2-file"}, {"backing", "base"}}}}}),
        "blockdev-reopen was refused: commit c0 has frozen the chain at mid1.",
        "blockdev-reopen would change the chain at mid1, which commit c0 has frozen. QEMU answers: “Cannot change "
        "frozen "
        "'backing' link from 'mid2' to 'mid1'”.");
    row("a permission", command("block-export-add", {{"type", "nbd"}, {"id", "e0"}, {"node-name", "mid2"}}),
        "block-export-add of mid2 was refused: commit c0 is in the way at mid2.",
        "What block-export-add needs or shares at mid2 does not go with what commit c0 needs or shares there. QEMU "
        "answers: “Permission conflict on node 'mid2': permissions 'consistent read' are both required by an unnamed "
        "block device (uses node 'mid2' as 'root' child) and unshared by commit job 'c0' (uses node 'mid2' as "
        "'intermediate node' child)”.");
    row("allowed", command("block-dirty-bitmap-add", {{"node", "top"}, {"name", "b0"}}),
        "block-dirty-bitmap-add of top was allowed: it is not blocked, and all permissions go together.",
        "guest vda needs consistent read, write, and shares consistent read, write unchanged, resize.");
}

void TestExplain::policiesOfQemu()
{
    QFETCH(QString, policy);
    QFETCH(QmpCommand, request);
    QFETCH(QString, rule);
    World world = committing();
    QCOMPARE(apply(world, SetPolicyControl{policy.toStdString()}).kind, Outcome::Kind::Allowed);
    setHostFlag(world, HostFlag::ServesNbd, {}, true);
    const Explanation why = explained(world, request);
    QTEST(why.headline, "headline");
    QCOMPARE(why.policy, policyTitle(policy.toStdString(), world.switches));
    QCOMPARE(why.reasons.empty(), rule.isEmpty());
    if (!rule.isEmpty())
        QCOMPARE(why.reasons.front().rule, rule);
}

void TestExplain::reasonsOfOneCauseAreOne()
{
    const World world = committing();
    const QmpCommand request = command("block-stream", {{"device", "top"}});
    const auto decision = decide(world, request, "nac");
    QVERIFY(decision);
    const Explanation why = explain(world, request, decision);
    QCOMPARE(why.reasons.size(), 5U);
    QVERIFY(why.reasons.size() < decision->verdict.reasons.size());
    std::size_t clashes = 0;
    for (const ReasonText &each : why.reasons)
        clashes += static_cast<std::size_t>(std::popcount(each.actions.bits()));
    QCOMPARE(clashes, decision->verdict.reasons.size());
}

void TestExplain::theGravestComesFirst()
{
    const Explanation why = explained(committing(), command("block-stream", {{"device", "top"}}));
    QStringList order;
    for (const ReasonText &each : why.reasons)
        order += each.nodeName;
    QCOMPARE(order, QStringList({u"mid1"_s, u"mid1"_s, u"mid2"_s, u"mid2"_s, u"top"_s}));
}

void TestExplain::sayWhatTheHolderDoes_data()
{
    QTest::addColumn<JobStatus>("status");
    QTest::addColumn<QString>("activity");

    const auto row = [](JobStatus status, const char *activity) {
        QTest::newRow(toString(status)) << status << QString::fromUtf8(activity);
    };
    row(JobStatus::Created, "commit c0 has not begun to copy yet.");
    row(JobStatus::Running, "commit c0 is copying, 50 % done.");
    row(JobStatus::Paused, "commit c0 is paused at 50 % and keeps what it holds.");
    row(JobStatus::Ready, "commit c0 is ready and copies what changes until job-complete.");
    row(JobStatus::Standby, "commit c0 is ready but paused, and keeps what it holds.");
    row(JobStatus::Pending, "commit c0 has copied everything and waits for job-finalize.");
    row(JobStatus::Aborting, "commit c0 is ending after an error.");
    row(JobStatus::Concluded, "commit c0 has ended.");
}

void TestExplain::sayWhatTheHolderDoes()
{
    QFETCH(JobStatus, status);
    World world = committing();
    Job &job = world.editJob(JobId{0});
    job.status = status;
    job.cursor = job.length / 2;
    QTEST(activityOf(world, Holder::of(JobId{0})), "activity");
    if (status != JobStatus::Pending)
        return;
    world.listed.edit().push_back({});
    QCOMPARE(activityOf(world, Holder::of(JobId{0})),
             u"commit c0 has copied everything and waits until the graph is no longer locked."_s);
}

void TestExplain::anAllowedRequestNamesWhoWasAsked()
{
    const World world = chainWorld({"base", "mid1", "mid2", "top"});
    const Explanation why =
        explained(world, command("block-commit", {{"device", "top"}, {"top-node", "mid2"}, {"base-node", "mid1"}}));
    QCOMPARE(why.kind, Outcome::Kind::Allowed);
    QVERIFY2(why.headline.startsWith(u"block-commit of mid2 was allowed: 4 claim"_s), qPrintable(why.headline));
    const ReasonText *guest = find(why, u"top"_s, QString());
    QVERIFY(guest != nullptr);
    QCOMPARE(guest->rule, u"guest vda requires MV RV, which block-commit allows. "
                          "block-commit requires MM GR RM, which guest vda allows."_s);
    const ReasonText *itself = find(why, u"mid1-file"_s, QString());
    QVERIFY(itself != nullptr);
    QVERIFY(itself->holder);
    QCOMPARE(itself->rule,
             u"Nobody holds mid1-file but node mid1, and that very claim is renewed: it does not stand in "
             "its own way."_s);
}

void TestExplain::anInvalidOneSaysWhatIsWrong()
{
    const Explanation why = explained(
        committing(), command("block-commit", {{"device", "top"}, {"top-node", "mid1"}, {"base-node", "mid2"}}));
    QCOMPARE(why.kind, Outcome::Kind::Invalid);
    QCOMPARE(why.errorCode, u"ARG-CHAIN"_s);
    QCOMPARE(why.errorPlace, u"Argument base-node."_s);
    QVERIFY(!why.errorAdvice.isEmpty());
    QVERIFY(why.reasons.empty());
}

void TestExplain::longNamesAreElided()
{
    const std::string name(200, 'x');
    World world = chainWorld({"base", name + "1", name + "2", "top"});
    blockscope::apply(world, command("block-commit", {{"device", "top"},
                                                      {"top-node", name + "2"},
                                                      {"base-node", name + "1"},
                                                      {"job-id", std::string(150, 'j')}}));
    const Explanation why = explained(world, command("block-stream", {{"device", "top"}}));
    QVERIFY2(why.headline.size() <= kHeadlineLength, qPrintable(why.headline));
    QVERIFY2(why.headline.endsWith(u'.'), qPrintable(why.headline));
    const Explanation invalid = explained(world, command("block-stream", {{"device", std::string(5000, 'y')}}));
    QVERIFY2(invalid.headline.size() <= kHeadlineLength, qPrintable(invalid.headline));
    QVERIFY(invalid.errorPlace.size() > 5000);
}

void TestExplain::namesThatLookLikePlaceholders()
{
    World world = chainWorld({"base", "%1", "%3", "%2"});
    blockscope::apply(
        world, command("block-commit", {{"device", "%2"}, {"top-node", "%3"}, {"base-node", "%1"}, {"job-id", "c0"}}));
    const Explanation why = explained(world, command("block-stream", {{"device", "%2"}}));
    QCOMPARE(why.headline, u"block-stream of %2 was refused: commit c0 is overwriting %1."_s);
}

void TestExplain::oneLineForABadge()
{
    const World world = committing();
    const auto refused = decide(world, command("block-stream", {{"device", "top"}}), "nac");
    QVERIFY(refused);
    QVERIFY(oneLine(world, refused->verdict).startsWith(u"commit c0 is overwriting mid1 (and 4 more"_s));
    QVERIFY(oneLine(world, Verdict{"nac", {}}).isEmpty());
}

void TestExplain::plainText()
{
    const QString text = toPlainText(explained(committing(), command("blockdev-del", {{"node-name", "base"}})));
    QCOMPARE(text, u"blockdev-del of base was refused: overlay mid1 needs base below it.\n"
                   "\n"
                   "1 reason(s), by the rules of NAC:\n"
                   "\n"
                   "1. base  RM  NAC-R2\n"
                   "   blockdev-del lets nobody else read metadata (RM) at base, but overlay mid1 has to.\n"
                   "   Holder: overlay mid1 (its backing link to base), from the beginning.\n"
                   "   The node above passes reads on to it, so it must stay.\n"
                   "   The link stands as long as overlay mid1 is open.\n"
                   "\n"
                   "What each policy says:\n"
                   "- NAC: refused, overlay mid1 needs base below it\n"
                   "- QEMU 2.5: refused, “Node 'base' is busy: node is used as backing hd of 'mid1'”\n"
                   "- QEMU 7.2: refused, “Node 'base' is busy: node is used as backing hd of 'mid1'”\n"_s);
}

void TestExplain::markdownEscapesNames()
{
    World world = chainWorld({"a*b_c", "[x](y)", "#block1"});
    const QString text = toMarkdown(explained(world, command("blockdev-del", {{"node-name", "a*b_c"}})));
    QVERIFY2(text.contains(u"**a\\*b\\_c**"_s), qPrintable(text));
    QVERIFY2(text.contains(u"\\[x\\](y)"_s), qPrintable(text));
    QVERIFY2(!text.contains(u" a*b_c"_s), qPrintable(text));
}

void TestExplain::remediesInWords()
{
    const World world = committing();
    const QmpCommand request = command("block-stream", {{"device", "top"}});
    const std::vector<RemedyText> texts = remedyTexts(world, remedies(world, request));
    QVERIFY(!texts.empty());
    QCOMPARE(texts.front().label, u"Wait for commit c0"_s);
    QCOMPARE(texts.front().remedy.kind, Remedy::Kind::WaitForJobs);
    const std::vector<RemedyText> other =
        remedyTexts(world, {Remedy{Remedy::Kind::OtherArgument, {}, "base-node", "mid2", {}, {}},
                            Remedy{Remedy::Kind::PauseGuest, {}, {}, {}, {}, {}},
                            Remedy{Remedy::Kind::AcquireListed, {}, {}, {}, "r0", {}},
                            Remedy{Remedy::Kind::GiveUpListed, {}, {}, {}, "r0", {}}});
    QCOMPARE(other[0].label, u"Use base-node mid2"_s);
    QCOMPARE(other[1].label, u"Pause the VM"_s);
    QCOMPARE(other[2].label, u"Let r0 acquire"_s);
    QCOMPARE(other[3].label, u"Give r0 up"_s);
}

/// Whatever policy is in force, the others say so too.
void TestExplain::whoHoldsTheGraphLockIsNamedByEveryPolicy()
{
    World world = test::chainWorld({"base", "mid1", "mid2", "top"});
    const QmpCommand stream = command("block-stream", {{"device", "top"}});
    apply(world, ListControl{"r0", stream});
    const Explanation why = explain(world, stream, decide(world, stream, world.policy));
    QCOMPARE(why.answers.size(), 3);
    for (const QString &answer : why.answers)
        QVERIFY2(answer.endsWith(u"listed request r0 holds the graph lock"_s), qPrintable(answer));
    QVERIFY2(!toPlainText(why).contains(u"   \n"_s), "an empty line for what the holder does");
}

QTEST_GUILESS_MAIN(TestExplain)
#include "tst_explain.moc"
