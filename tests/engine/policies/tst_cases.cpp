// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "engine/files/eventjson.h"
#include "engine/files/jsonreader.h"
#include "tests/support/worlds.h"

#include <QFile>
#include <QTest>

#include <algorithm>

using namespace blockscope;
using namespace blockscope::test;
using namespace Qt::StringLiterals;

namespace {

User guestNamed(const char *name, bool sharesWrites, bool isRemovable = false)
{
    User guest;
    guest.name = name;
    guest.sharesWrites = sharesWrites;
    guest.isRemovable = isRemovable;
    return guest;
}

/// As the page has it: base <- m1 <- m2 <- m3 <- m4 <- top, each on a protocol node of its own ("top.f").
NodeId image(World &world, const std::string &name, std::optional<NodeId> backing, bool isReadOnly = false)
{
    const NodeId node = addImage(world, name, backing, isReadOnly, 8, ".f");
    world.graph.editNode(node).virtualSize = 67108864;
    return node;
}

void addSpares(World &world)
{
    for (const char *name : {"tgt", "tgt2", "snap", "m4copy"})
        image(world, name, std::nullopt);
}

World chainGraph(const QString &graph)
{
    World world;
    std::optional<NodeId> below;
    for (const char *name : {"base", "m1", "m2", "m3", "m4"})
        below = image(world, name, below, !graph.contains(QString::fromLatin1(name) + u"-rw"_s));
    const NodeId top = image(world, "top", below);
    const bool isShared = graph.contains(u"shared"_s);
    if (!graph.contains(u"idle"_s))
        addUser(world, guestNamed("drive0", isShared, graph.contains(u"removable"_s)), top);
    addSpares(world);
    if (graph.contains(u"ovl2"_s)) {
        const NodeId overlay = image(world, "ovl2", world.graph.findNode("base"));
        if (!graph.contains(u"idle"_s))
            addUser(world, guestNamed("drive1", isShared), overlay);
    }
    if (graph.contains(u"ovlm2"_s))
        addUser(world, guestNamed("guest1", false), image(world, "ovlm2", world.graph.findNode("m2")));
    if (graph.contains(u"tgt-guest"_s))
        addUser(world, guestNamed("guest1", false), *world.graph.findNode("tgt"));
    if (graph.contains(u"fleecing"_s))
        image(world, "fleece", top);
    return world;
}

/// Q: a quorum over c0, c1, c2, threshold 2.
World quorumGraph()
{
    World world;
    Node quorum;
    quorum.name = "Q";
    quorum.driver = "quorum";
    quorum.isMonitorOwned = true;
    quorum.virtualSize = 67108864;
    quorum.extra["vote-threshold"] = Value(std::int64_t{2});
    std::vector<NodeId> children;
    for (const char *name : {"c0", "c1", "c2"})
        children.push_back(image(world, name, std::nullopt));
    const NodeId id = addNode(world, quorum);
    for (std::size_t i = 0; i < children.size(); ++i)
        attach(world, Parent::of(id), children[i], "children." + std::to_string(i));
    addUser(world, guestNamed("drive0", false), id);
    addSpares(world);
    return world;
}

World worldOf(const QString &graph)
{
    World world = graph.startsWith(u'Q') ? quorumGraph() : chainGraph(graph);
    world.switches.remove(Switch::ImageLocks); // the page asks what NAC alone says
    return world;
}

struct Case
{
    int number = 0;
    QString graph;
    std::vector<Event> running;
    Event request;
    std::string verdict;
    std::string literal; // empty: the page does not say
    std::string legacy;
    std::string legacyError; // QEMU's text, where the page quotes it in full
    std::string legacyCode;  // of the one reason; empty: "LEGACY-BUSY"
    Event legacyRequest;     // what the request was in QEMU 2.5
    std::string modern;
    std::string modernError;
    std::vector<std::string> reasons;
};

std::string textOf(const Object &object, const char *key)
{
    const std::string *text = findString(object, key);
    return text != nullptr ? *text : std::string();
}

Case caseOf(Object object)
{
    Case each;
    each.number = static_cast<int>(*object["case"].asInteger());
    each.graph = QString::fromStdString(textOf(object, "graph"));
    for (Value &event : *object["running"].asList())
        each.running.push_back(*readEvent(std::move(event)));
    each.request = *readEvent(object["request"]);
    each.verdict = textOf(object, "nac");
    each.literal = textOf(object, "literal");
    each.legacy = textOf(object, "legacy");
    each.legacyError = textOf(object, "legacy-error");
    each.legacyCode = textOf(object, "legacy-code");
    each.legacyRequest = object.contains("legacy-request") ? *readEvent(object["legacy-request"]) : each.request;
    each.modern = textOf(object, "modern");
    each.modernError = textOf(object, "modern-error");
    if (object.contains("reasons")) {
        for (const Value &reason : *object["reasons"].asList())
            each.reasons.push_back(*reason.asString());
    }
    return each;
}

std::vector<Case> allCases()
{
    QFile file(QStringLiteral(BLOCKSCOPE_TEST_DATA "/cases.jsonl"));
    std::vector<Case> cases;
    if (!file.open(QIODevice::ReadOnly))
        return cases;
    while (!file.atEnd()) {
        auto value = readJson(file.readLine().trimmed().toStdString());
        if (value && value->asObject() != nullptr)
            cases.push_back(caseOf(*value->asObject()));
    }
    return cases;
}

/// A command of another time names no node.
std::string nodeName(const World &world, NodeId node)
{
    return node.isValid() ? world.node(node).name : "-";
}

QString describe(const World &world, const Outcome &outcome)
{
    QString text = QString::fromLatin1(toString(outcome.kind));
    if (outcome.error)
        text += u' ' + QString::fromStdString(outcome.error->where + ": " + outcome.error->what);
    for (const Reason &reason : outcome.verdict.reasons)
        text += u"; "_s + QString::fromStdString(nodeName(world, reason.node) + ' ' + reason.code + ' ') +
                QString::fromLatin1(letters(reason.action));
    return text;
}

/// \a expected is "m3 R2 MM GR": these actions are among the reasons on that node by that rule.
bool hasReason(const World &world, const Verdict &verdict, const std::string &expected)
{
    const QStringList words = QString::fromStdString(expected).split(u' ');
    for (const QString &action : words.mid(2)) {
        const bool isFound = std::any_of(verdict.reasons.begin(), verdict.reasons.end(), [&](const Reason &reason) {
            return world.node(reason.node).name == words[0].toStdString() &&
                   reason.code == "NAC-" + words[1].toStdString() &&
                   action == QLatin1StringView(letters(reason.action));
        });
        if (!isFound)
            return false;
    }
    return true;
}

} // namespace

/// The 90 cases of operations.md section 4: the NAC column, repaired and literal, and those of the legacy op blockers
/// and of today's QEMU. Where the page is wrong, or asks
/// what the model has not, the row's "note" in tests/data/cases.jsonl says why.
class TestCases : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void nac_data() { addRows(false); }
    void nac() { play(false); }
    void literalRfc_data() { addRows(true); }
    void literalRfc() { play(true); }
    void legacy_data() { addRows(false); }
    void legacy();
    void modern_data() { addRows(false); }
    void modern();

private:
    static void addRows(bool isLiteral);
    static void play(bool isLiteral);
};

void TestCases::addRows(bool isLiteral)
{
    QTest::addColumn<int>("index");
    const std::vector<Case> cases = allCases();
    QCOMPARE(cases.size(), 90U);
    for (std::size_t i = 0; i < cases.size(); ++i) {
        if (!isLiteral || !cases[i].literal.empty())
            QTest::addRow("case %d", cases[i].number) << int(i);
    }
}

void TestCases::play(bool isLiteral)
{
    QFETCH(int, index);
    static const std::vector<Case> kCases = allCases();
    const Case &each = kCases[static_cast<std::size_t>(index)];
    World world = worldOf(each.graph);
    if (isLiteral)
        QVERIFY(apply(world, SetSwitchControl{Switch::StandingUsers, false}).kind == Outcome::Kind::Allowed);
    for (const Event &event : each.running) {
        const Outcome outcome = apply(world, event);
        QVERIFY2(outcome.kind == Outcome::Kind::Allowed, qPrintable(describe(world, outcome)));
    }
    QVERIFY(verify(world));
    const World before = world;
    const Outcome outcome = apply(world, each.request);
    const QString said = describe(before, outcome);
    QVERIFY2(toString(outcome.kind) == (isLiteral ? each.literal : each.verdict), qPrintable(said));
    if (isLiteral)
        return;
    for (const std::string &reason : each.reasons)
        QVERIFY2(hasReason(before, outcome.verdict, reason),
                 qPrintable(QString::fromStdString(reason) + u" / "_s + said));
}

/// What is running was started under \a policy where that lets it, else under nac: the question is about the second.
World runningUnder(const Case &each, const char *policy)
{
    World world = worldOf(each.graph);
    static_cast<void>(apply(world, SetPolicyControl{policy}));
    for (const Event &event : each.running) {
        if (apply(world, event).kind == Outcome::Kind::Allowed)
            continue;
        static_cast<void>(apply(world, SetPolicyControl{"nac"}));
        static_cast<void>(apply(world, event));
        static_cast<void>(apply(world, SetPolicyControl{policy}));
    }
    return world;
}

void compare(const Case &each, const char *policy, const Event &request, const std::string &verdict,
             const std::string &error)
{
    World world = runningUnder(each, policy);
    const World before = world;
    const Outcome outcome = apply(world, request);
    QVERIFY2(toString(outcome.kind == Outcome::Kind::Invalid ? Outcome::Kind::Refused : outcome.kind) == verdict,
             qPrintable(describe(before, outcome) + u' ' + QString::fromStdString(outcome.verdict.error)));
    const std::string said = outcome.error ? outcome.error->what : outcome.verdict.error;
    if (!error.empty())
        QCOMPARE(QString::fromStdString(said), QString::fromStdString(error));
}

void TestCases::legacy()
{
    QFETCH(int, index);
    static const std::vector<Case> kCases = allCases();
    const Case &each = kCases[static_cast<std::size_t>(index)];
    compare(each, "legacy", each.legacyRequest, each.legacy, each.legacyError);
    World world = runningUnder(each, "legacy");
    const Verdict verdict = apply(world, each.legacyRequest).verdict;
    if (each.legacy == "allowed")
        return;
    QCOMPARE(verdict.reasons.size(), std::size_t{1}); // and so it is not invalid
    QCOMPARE(verdict.reasons.front().code, each.legacyCode.empty() ? "LEGACY-BUSY" : each.legacyCode);
    QVERIFY(!verdict.error.empty());
}

void TestCases::modern()
{
    QFETCH(int, index);
    static const std::vector<Case> kCases = allCases();
    const Case &each = kCases[static_cast<std::size_t>(index)];
    compare(each, "qemu", each.request, each.modern, each.modernError);
}

QTEST_GUILESS_MAIN(TestCases)
#include "tst_cases.moc"
