// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "engine/text/answers.h"

#include "engine/text/explain.h"
#include "engine/text/names.h"
#include "engine/text/policytext.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>
#include <functional>

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
    Ground{"LEGACY-EXPRESS", QT_TRANSLATE_NOOP("Answers", "it had no way to ask for this")},
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

QString titlesOf(const World &world, const std::vector<Answer> &answers,
                 const std::function<bool(const Answer &)> &isMeant)
{
    QStringList names;
    for (const Answer &each : answers) {
        if (isMeant(each))
            names += policyTitle(each.policy, world.switches);
    }
    return joined(names);
}

bool isAllowing(const Answer &answer)
{
    return answer.kind == Outcome::Kind::Allowed;
}

/// "for NAC that ...", those of one ground together.
QStringList groundsOf(const World &world, const std::vector<Answer> &answers)
{
    QStringList grounds;
    QStringList clauses;
    for (const Answer &each : answers) {
        const QString ground = isAllowing(each) ? QString() : groundOf(each);
        if (ground.isEmpty() || grounds.contains(ground))
            continue;
        grounds += ground;
        const QString who = titlesOf(
            world, answers, [&](const Answer &other) { return !isAllowing(other) && groundOf(other) == ground; });
        clauses += Answers::tr("for %1 that %2", "policies, what they look at").arg(who, ground);
    }
    return clauses;
}

} // namespace

QString answerLine(const World &world, const Answer &answer)
{
    const QString title = policyTitle(answer.policy, world.switches);
    switch (answer.kind) {
    case Outcome::Kind::Allowed:
        return Answers::tr("%1: allowed").arg(title);
    case Outcome::Kind::Invalid:
        return Answers::tr("%1: not possible, “%2”").arg(title, text(answer.error->what));
    case Outcome::Kind::Refused:
        break;
    }
    if (answer.verdict.reasons.front().code == "LEGACY-EXPRESS")
        return Answers::tr("%1: cannot be asked, for %2", "a policy, what it lacks")
            .arg(title, text(answer.verdict.error).section(u": "_s, 1)); // after our name
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

QStringList otherAnswerLines(const World &world, const QmpCommand &request)
{
    std::vector<Answer> answers = answersTo(world, request);
    if (doAgree(answers))
        return {};
    std::erase_if(answers, [&](const Answer &each) { return each.policy == world.policy; });
    return answerLines(world, answers);
}

QString differenceText(const World &world, const std::vector<Answer> &answers)
{
    if (doAgree(answers))
        return {};
    const QString allowing = titlesOf(world, answers, isAllowing);
    if (allowing.isEmpty())
        return Answers::tr("None of them allows it; they only differ in whether the command itself is at fault.");
    return Answers::tr("What it rests on: %1. For %2 nothing speaks against it.", "clauses, policies")
        .arg(groundsOf(world, answers).join(Answers::tr("; ", "between clauses")), allowing);
}

} // namespace blockscope
