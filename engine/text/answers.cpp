// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "engine/text/answers.h"

#include "engine/text/explain.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace blockscope {

namespace {

struct Answers
{
    Q_DECLARE_TR_FUNCTIONS(Answers)
};

QString text(std::string_view utf8)
{
    return QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size()));
}

/// What a refusal with such a code looks at, and the other policies may not.
struct Ground
{
    std::string_view prefix;
    const char *sentence;
};

// The longest prefix first.
constexpr std::array kGrounds{
    Ground{"QEMU-BLOCKER", QT_TRANSLATE_NOOP("Answers", "op blockers keep whole nodes to one job, whatever the other "
                                                        "operation does there")},
    Ground{"QEMU-ROOT", QT_TRANSLATE_NOOP("Answers", "the command takes root nodes alone, and a job's link hides one, "
                                                     "however far apart the two work")},
    Ground{"QEMU-PERM", QT_TRANSLATE_NOOP("Answers", "permissions on the links speak of what is used now, and a guest "
                                                     "keeps its own while it is paused")},
    Ground{"QEMU-FROZEN", QT_TRANSLATE_NOOP("Answers", "a job freezes every link of its chain")},
    Ground{"QEMU-INUSE", QT_TRANSLATE_NOOP("Answers", "the command wants a node that nobody uses at all")},
    Ground{"QEMU-BITMAP", QT_TRANSLATE_NOOP("Answers", "bitmaps are looked at by name")},
    Ground{"QEMU-IOTHREAD", QT_TRANSLATE_NOOP("Answers", "threads are looked at")},
    Ground{"QEMU-READONLY", QT_TRANSLATE_NOOP("Answers", "nobody may write to a read-only node")},
    Ground{"QEMU", QT_TRANSLATE_NOOP("Answers", "the command has conditions of its own")},
    Ground{"IMAGE-LOCK", QT_TRANSLATE_NOOP("Answers", "image files are locked against other processes")},
    Ground{"LEGACY-EXPRESS", QT_TRANSLATE_NOOP("Answers", "QEMU 2.5 had no way to ask for this")},
    Ground{"LEGACY", QT_TRANSLATE_NOOP("Answers", "op blockers keep a whole device to one job, whatever the other "
                                                  "operation does there")},
    Ground{"NAC-R1", QT_TRANSLATE_NOOP("Answers", "what an operation will do to each node is compared with what all "
                                                  "others there let it do")},
    Ground{"NAC-R2", QT_TRANSLATE_NOOP("Answers", "what an operation lets others do on each node is compared with what "
                                                  "they are doing")},
    Ground{"NAC", QT_TRANSLATE_NOOP("Answers", "every action on a node needs a claim")},
};

QString groundOf(const Answer &answer)
{
    if (answer.kind == Outcome::Kind::Invalid)
        return Answers::tr("the command is not possible on this graph");
    const std::string &code = answer.verdict.reasons.front().code;
    const auto found = std::find_if(kGrounds.begin(), kGrounds.end(),
                                    [&](const Ground &each) { return code.starts_with(each.prefix); });
    return found == kGrounds.end() ? text(code) : Answers::tr(found->sentence);
}

QString titles(const std::vector<Answer> &answers, bool allowed)
{
    QStringList names;
    for (const Answer &each : answers) {
        if ((each.kind == Outcome::Kind::Allowed) == allowed)
            names += policyTitle(each.policy);
    }
    return names.join(Answers::tr(" and "));
}

} // namespace

QString policyTitle(std::string_view policy)
{
    if (policy == "nac")
        return Answers::tr("NAC");
    if (policy == "qemu")
        return Answers::tr("QEMU 7.2");
    if (policy == "legacy")
        return Answers::tr("QEMU 2.5");
    return text(policy);
}

QString answerLine(const World &world, const Answer &answer)
{
    const QString title = policyTitle(answer.policy);
    switch (answer.kind) {
    case Outcome::Kind::Allowed:
        return Answers::tr("%1: allowed").arg(title);
    case Outcome::Kind::Invalid:
        return Answers::tr("%1: not possible, “%2”").arg(title, text(answer.error->what));
    case Outcome::Kind::Refused:
        break;
    }
    if (!answer.verdict.error.empty())
        return Answers::tr("%1: refused, “%2”", "a policy, the words of QEMU").arg(title, text(answer.verdict.error));
    return Answers::tr("%1: refused, %2", "a policy, a clause").arg(title, oneLine(world, answer.verdict));
}

QStringList answerLines(const World &world, const std::vector<Answer> &answers)
{
    QStringList lines;
    for (const Answer &each : answers)
        lines += answerLine(world, each);
    return lines;
}

QString differenceText(const std::vector<Answer> &answers)
{
    if (doAgree(answers))
        return {};
    const auto refusing = std::find_if(answers.begin(), answers.end(),
                                       [](const Answer &each) { return each.kind != Outcome::Kind::Allowed; });
    const QString allowing = titles(answers, true);
    if (allowing.isEmpty())
        return Answers::tr("None of them allows it; they only differ in whether the command itself is at fault.");
    return Answers::tr("The difference: in %1 %2; %3 does not mind.", "policies, what they look at, other policies")
        .arg(titles(answers, false), groundOf(*refusing), allowing);
}

QString notModelled(std::string_view policy)
{
    if (policy == "qemu")
        return Answers::tr("Not modelled: request alignment (write without resize), what qcow2 stores of persistent "
                           "bitmaps on a reopen, iothreads beyond the refusal to move a device, virtio devices that "
                           "leave late, and the order in which QEMU finds two errors of one command. "
                           "tests/data/qemu/differences.tsv lists every recorded outcome that comes out otherwise.");
    if (policy == "legacy")
        return Answers::tr("Not modelled: dataplane and block migration as holders of blockers; drive-mirror and "
                           "drive-backup stand for their younger blockdev- forms.");
    if (policy == "nac")
        return Answers::tr("Not modelled: nothing of the proposal. Where it leaves something open, the switches N1 to "
                           "C1 choose a reading.");
    return {};
}

} // namespace blockscope
