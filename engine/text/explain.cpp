// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "engine/text/explain.h"

#include "engine/operations/operation.h"
#include "engine/policies/policy.h"
#include "engine/text/answers.h"
#include "engine/text/codes.h"
#include "engine/text/names.h"
#include "engine/text/policytext.h"
#include "engine/text/qemutext.h"
#include "engine/text/reasons.h"
#include "engine/text/roles.h"
#include "engine/world/imagelock.h"
#include "engine/world/permissions.h"

#include <QCoreApplication>

#include <algorithm>
#include <cassert>
#include <functional>

using namespace Qt::StringLiterals;

namespace blockscope {

namespace {

struct Explain
{
    Q_DECLARE_TR_FUNCTIONS(Explain)
};

QString text(std::string_view utf8)
{
    return QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size()));
}

// The first of ever shorter versions that fits; names are elided before words are cut.
QString fitting(const std::function<QString(qsizetype nameLength)> &version)
{
    QString line;
    for (qsizetype length : {64, 40, 28, 20, 14, 10}) {
        line = version(length);
        if (line.size() <= kHeadlineLength)
            return line;
    }
    return line.first(kHeadlineLength - 1) + u'…';
}

// "block-commit of mid2", with the name elided.
QString subject(const Event &event, qsizetype length)
{
    const QString whole = eventSubject(event);
    const qsizetype space = whole.lastIndexOf(u' ');
    return whole.first(space + 1) + elided(whole.mid(space + 1), length);
}

// A graph lock may be held over no node at all.
QString placeName(const World &world, NodeId node)
{
    return node.isValid() ? nodeName(world, node) : Explain::tr("the graph");
}

QString clause(const World &world, const MergedReason &reason, qsizetype length)
{
    const QString node = elided(placeName(world, reason.node), length);
    if (reason.code == "NAC-ACCESS")
        return Explain::tr("it holds no claim to %1 at %2").arg(anyActionName(reason.actions), node);
    if (reason.code == "NAC-N1")
        return Explain::tr("nobody holds %1, and that is no permission").arg(node);
    const QString holder = elided(holderName(world, reason.holder), length + 10);
    if (isOfQemu(reason))
        return qemuClause(reason, holder, node);
    if (reason.code == "GRAPH-LOCK")
        return Explain::tr("%1 holds the graph lock").arg(holder);
    if (reason.code == "IMAGE-LOCK")
        return Explain::tr("%1 has locked the image of %2").arg(holder, node);
    return roleClause(world, reason.holder, reason.heldRole, holder, node);
}

QString refusedHeadline(const World &world, const Event &event, const MergedReason &first)
{
    return fitting([&](qsizetype length) {
        return Explain::tr("%1 was refused: %2.").arg(subject(event, length), clause(world, first, length));
    });
}

/// With what QEMU says itself, and its tools beside it (raw_check_lock_bytes() in block/file-posix.c).
QString imageLockSentence(const World &world, const QString &asker, const MergedReason &reason)
{
    const QString node = placeName(world, reason.node);
    const QString holder = holderName(world, reason.holder);
    const auto byte = byteInTheWayOf(reason.askedRole);
    if (!byte || !reason.node.isValid())
        return Explain::tr("%1 would open the image of %2, but %3 has opened it as well and locked it.")
            .arg(asker, node, holder);
    return Explain::tr("%1 gets no lock on the image of %2, because %3 has locked byte %4 of it. In the words of QEMU: "
                       "%5. Is another process using the image [%6]?",
                       "an operation, a node, who holds the lock, a number, QEMU's own words, a file name")
        .arg(asker, node, holder, QString::number(*byte), text(reason.askedRole),
             text(world.node(reason.node).filename));
}

QString ruleSentence(const World &world, const QString &asker, const MergedReason &reason)
{
    const QString node = placeName(world, reason.node);
    const QString holder = holderName(world, reason.holder);
    if (reason.code == "NAC-ACCESS")
        return Explain::tr(
                   "%1 tried to %2 at %3 and holds no claim for it. Claims are enforced, so it was stopped, and "
                   "nothing of it was done.")
            .arg(asker, actionNames(reason.actions), node);
    if (reason.code == "NAC-N1")
        return Explain::tr(
                   "%1 has to %2 at %3, which nobody holds. Reading N1 is off, so what nobody holds is allowed to "
                   "nobody.")
            .arg(asker, actionNames(reason.actions), node);
    if (reason.code == "GRAPH-LOCK")
        return Explain::tr("%1 would change the graph, but %2 has listed its nodes and not acquired them yet. Until it "
                           "does, or gives them up, nobody else may.")
            .arg(asker, holder);
    if (reason.code == "IMAGE-LOCK")
        return imageLockSentence(world, asker, reason);
    if (reason.code == "NAC-R1")
        return Explain::tr("%1 has to %2 at %3, but %4 lets nobody else do so.")
            .arg(asker, actionNames(reason.actions), node, holder);
    if (reason.code == "NAC-R2")
        return Explain::tr("%1 lets nobody else %2 at %3, but %4 has to.")
            .arg(asker, anyActionName(reason.actions), node, holder);
    return Explain::tr("%1 is kept from %2 by %3 (%4).").arg(asker, node, holder, text(reason.code));
}

QString sinceText(Tick since)
{
    return since == 0 ? Explain::tr("from the beginning") : Explain::tr("since step %1").arg(since);
}

ReasonText holderText(const World &world, NodeId node, Holder holder, std::string_view heldRole, Tick since)
{
    ReasonText row;
    row.node = node;
    row.nodeName = placeName(world, node);
    row.holder = holder;
    row.holderBrief = holderName(world, holder);
    row.holderName = holderNameWithLink(world, holder);
    row.since = since;
    row.heldBecause = roleReason(world, holder, heldRole, row.nodeName);
    row.activity = activityOf(world, holder);
    row.sinceText = sinceText(since);
    return row;
}

ReasonText reasonText(const World &world, const QmpCommand &request, const MergedReason &reason)
{
    ReasonText row = holderText(world, reason.node, reason.holder, reason.heldRole, reason.since);
    row.code = text(reason.code);
    row.actions = reason.actions;
    row.askedRole = roleName(request.execute, reason.askedRole);
    row.rule = ruleSentence(world, text(request.execute), reason);
    if (reason.code == "NAC-N1")
        row.holder.reset(); // that is the point
    if (reason.code == "NAC-ACCESS")
        row.sinceText = Explain::tr("while it was done");
    return row;
}

void tellQemu(ReasonText &row, const QString &asker, const MergedReason &reason, const QString &said)
{
    row.rule = qemuRule(reason, asker, row.holderName, row.nodeName, said);
    if (reason.code != "QEMU-PERM")
        row.actions = {}; // nothing else in QEMU distinguishes them
    if (!namesHolder(reason))
        row.holder.reset();
}

Explanation refusal(const World &world, const QmpCommand &request, const Verdict &verdict)
{
    Explanation result;
    result.kind = Outcome::Kind::Refused;
    result.policy = policyTitle(verdict.policy, world.switches);
    const std::vector<MergedReason> reasons = merged(verdict.reasons);
    for (const MergedReason &reason : reasons) {
        result.reasons.push_back(reasonText(world, request, reason));
        if (isOfQemu(reason))
            tellQemu(result.reasons.back(), text(request.execute), reason, text(verdict.error));
    }
    if (!reasons.empty())
        result.headline = refusedHeadline(world, request, reasons.front());
    return result;
}

Explanation invalid(const Event &event, const Error &error)
{
    Explanation result;
    result.kind = Outcome::Kind::Invalid;
    result.headline = fitting([&](qsizetype length) {
        return Explain::tr("%1 is not possible: %2.").arg(subject(event, length), text(error.what));
    });
    result.errorCode = text(error.code);
    const QString what = text(error.what);
    result.errorPlace = result.headline.contains(what) ? Explain::tr("Argument %1.").arg(text(error.where))
                                                       : Explain::tr("Argument %1: %2.").arg(text(error.where), what);
    result.errorAdvice = codeText(result.errorCode).detail;
    return result;
}

// Both halves of the rule, for a holder that did not object.
QString consentSentence(const QString &asker, const QString &holder, Claim asked, Claim held)
{
    const QString first =
        held.require.isEmpty()
            ? Explain::tr("%1 requires nothing here.").arg(holder)
            : Explain::tr("%1 requires %2, which %3 allows.").arg(holder, actionLetters(held.require), asker);
    const QString second =
        asked.require.isEmpty()
            ? Explain::tr("%1 requires nothing here.").arg(asker)
            : Explain::tr("%1 requires %2, which %3 allows.").arg(asker, actionLetters(asked.require), holder);
    return Explain::tr("%1 %2", "two sentences").arg(first, second);
}

void addConsents(const World &world, const Plan &plan, const NodeClaim &asked, std::vector<ReasonText> &rows)
{
    const QString asker = text(plan.operation->name);
    const auto mayStay = [&](Holder holder) {
        return std::find(plan.replaces.begin(), plan.replaces.end(), holder) == plan.replaces.end();
    };
    bool isHeld = false;
    std::optional<Holder> replaced;
    for (Holder holder : world.ledger.holdersOf(asked.node)) {
        if (!mayStay(holder)) {
            replaced = holder;
            continue;
        }
        const Holding &holding = *world.ledger.holding(holder);
        for (const NodeClaim &held : holding.claims) {
            if (held.node != asked.node)
                continue;
            isHeld = true;
            rows.push_back(holderText(world, asked.node, holder, held.role, holding.since));
            rows.back().askedRole = roleName(plan.operation->name, asked.role);
            rows.back().rule = consentSentence(asker, holderName(world, holder), asked.claim, held.claim);
        }
    }
    if (isHeld)
        return;
    ReasonText row;
    if (replaced)
        row = holderText(world, asked.node, *replaced, {}, world.ledger.holding(*replaced)->since);
    row.node = asked.node;
    row.nodeName = nodeName(world, asked.node);
    row.askedRole = roleName(plan.operation->name, asked.role);
    row.rule =
        replaced
            ? Explain::tr("Nobody holds %1 but %2, and that very claim is renewed: it does not stand in its own way.")
                  .arg(row.nodeName, row.holderBrief)
            : Explain::tr("Nobody holds %1, and where nobody holds anything everything is allowed.").arg(row.nodeName);
    rows.push_back(row);
}

/// Everybody who uses the nodes that were asked for, by QEMU's permissions.
void addPermissions(const World &world, const Plan &plan, std::vector<ReasonText> &rows)
{
    PermissionTable table(world);
    for (const RoleNode &each : plan.nodes) {
        for (EdgeId link : world.node(each.node).parents) {
            const Holder holder = world.holderBehind(link);
            rows.push_back(holderText(world, each.node, holder, {}, world.heldSince(holder)));
            ReasonText &row = rows.back();
            row.askedRole = roleName(plan.operation->name, each.role);
            row.rule = permissionSentence(row.holderBrief, table.through(link));
        }
    }
}

Explanation consentOfQemu(const World &world, const Event &event, const Decision &decision)
{
    Explanation result;
    result.policy = policyTitle(decision.verdict.policy, world.switches);
    result.headline =
        fitting([&](qsizetype length) { return qemuConsent(decision.verdict.policy, subject(event, length)); });
    if (decision.verdict.policy == kQemuPolicy.name)
        addPermissions(world, decision.plan, result.reasons);
    return result;
}

Explanation consent(const World &world, const Event &event, const Decision &decision)
{
    if (decision.verdict.policy != kNacPolicy.name)
        return consentOfQemu(world, event, decision);
    Explanation result;
    result.policy = policyTitle(decision.verdict.policy, world.switches);
    for (const NodeClaim &asked : decision.plan.claims)
        addConsents(world, decision.plan, asked, result.reasons);
    for (const NodeClaim &asked : decision.plan.standing)
        addConsents(world, decision.plan, asked, result.reasons);
    const auto asked = std::count_if(result.reasons.begin(), result.reasons.end(),
                                     [](const ReasonText &row) { return row.holder.has_value(); });
    result.headline = fitting([&](qsizetype length) {
        return Explain::tr("%1 was allowed: %n claim(s) stand on its nodes, and none clashes.", nullptr,
                           static_cast<int>(asked))
            .arg(subject(event, length));
    });
    return result;
}

/// With what the other policies say of \a request.
Explanation compared(const World &world, const QmpCommand &request, Explanation explanation)
{
    const std::vector<Answer> answers = answersTo(world, request);
    explanation.answers = answerLines(world, answers);
    explanation.difference = differenceText(world, answers);
    return explanation;
}

Explanation done(const Event &event)
{
    Explanation result;
    result.headline =
        fitting([&](qsizetype length) { return Explain::tr("%1 was accepted.").arg(subject(event, length)); });
    return result;
}

/// Of the controls only a listed request that is acquired can be refused, and then it is that request.
Explanation answerToControl(const World &before, const Event &event, const Outcome &outcome)
{
    const auto *acquire = std::get_if<AcquireControl>(&event);
    if (outcome.kind != Outcome::Kind::Refused || acquire == nullptr)
        return done(event);
    const auto listed = std::find_if(before.listed->begin(), before.listed->end(),
                                     [&](const ListedRequest &each) { return each.id == acquire->id; });
    assert(listed != before.listed->end());
    const QmpCommand request{listed->execute, listed->arguments, listed->forget, listed->host};
    return compared(before, request, refusal(before, request, outcome.verdict));
}

} // namespace

Explanation explain(const World &world, const QmpCommand &request, const Result<Decision> &decision)
{
    if (!decision)
        return compared(world, request, invalid(request, decision.error()));
    if (!decision->verdict.isAllowed())
        return compared(world, request, refusal(world, request, decision->verdict));
    return compared(world, request, consent(world, request, *decision));
}

Explanation explain(const World &before, const Event &event, const Outcome &outcome)
{
    const auto *request = std::get_if<QmpCommand>(&event);
    if (request == nullptr)
        return outcome.error ? invalid(event, *outcome.error) : answerToControl(before, event, outcome);
    if (outcome.error)
        return compared(before, *request, invalid(event, *outcome.error));
    if (outcome.kind == Outcome::Kind::Refused)
        return compared(before, *request, refusal(before, *request, outcome.verdict));
    // Job control and the like is no request that anybody could object to.
    const auto decision = decide(before, *request, before.policy);
    return decision && decision->verdict.isAllowed() ? compared(before, *request, consent(before, event, *decision))
                                                     : done(event);
}

QString oneLine(const World &world, const Verdict &verdict)
{
    const std::vector<MergedReason> reasons = merged(verdict.reasons);
    if (reasons.empty())
        return {};
    const QString first = clause(world, reasons.front(), 24);
    const int more = static_cast<int>(reasons.size()) - 1;
    return more == 0 ? first : Explain::tr("%1 (and %n more)", nullptr, more).arg(first);
}

} // namespace blockscope
