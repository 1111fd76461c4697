// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// Help for tests that play events on a World: what is asked, what is claimed, what is found.

#include "engine/run/apply.h"
#include "tests/support/worlds.h"

#include <QString>
#include <QStringList>
#include <QTest>

namespace blockscope::test {

/// base <- mid <- top with guest vda (BlockBackend drive0), side on base; tgt stands alone. 16 clusters of 64 KiB each.
inline World playground()
{
    World world = chainWorld({"base", "mid", "top"}, "vda", 16);
    world.users.front().edit().backendName = "drive0";
    addImage(world, "side", world.graph.findNode("base"), true, 16);
    addImage(world, "tgt", std::nullopt, false, 16);
    for (NodeId node : world.graph.nodes())
        world.graph.editNode(node).virtualSize = std::uint64_t{16} * 65536;
    return world;
}

inline NodeId nodeOf(const World &world, const char *name)
{
    return world.graph.findNode(name).value_or(NodeId());
}

inline QString actionsText(ActionSet actions)
{
    QStringList words;
    for (Action action : kActions) {
        if (actions.contains(action))
            words << QLatin1String(letters(action));
    }
    return words.isEmpty() ? QStringLiteral("-") : words.size() == 5 ? QStringLiteral("*") : words.join(u'+');
}

/// "node:top RM/MV+MM", in the plan's order.
inline QString claimsText(const World &world, const Plan &plan)
{
    QStringList claims;
    for (const NodeClaim &each : plan.claims) {
        claims << QStringLiteral("%1:%2 %3/%4")
                      .arg(QString::fromStdString(each.role), QString::fromStdString(world.node(each.node).name),
                           actionsText(each.claim.require), actionsText(each.claim.allow));
    }
    return claims.join(u", ");
}

/// "snapshot-differs top 3", in order.
inline QString findingsText(const World &world)
{
    QStringList lines;
    for (const Finding &finding : *world.findings) {
        const std::string_view name = findingName(finding.kind);
        lines << QStringLiteral("%1 %2 %3")
                     .arg(QString::fromUtf8(name.data(), static_cast<qsizetype>(name.size())),
                          QString::fromStdString(world.node(finding.node).name))
                     .arg(finding.cluster);
    }
    return lines.join(u", ");
}

/// The text of what is wrong, or "allowed" or "refused".
inline QString outcomeText(const Outcome &outcome)
{
    return outcome.error ? QString::fromStdString(outcome.error->what) : QString::fromUtf8(toString(outcome.kind));
}

inline QString play(World &world, const Event &event)
{
    return outcomeText(apply(world, event));
}

/// For the rows of a test with the columns command, what and where: it is invalid, said so, and changed nothing.
inline void compareInvalid(World world)
{
    QFETCH(QmpCommand, command);
    const World before = world;
    const Outcome outcome = apply(world, command);
    QCOMPARE(outcome.kind, Outcome::Kind::Invalid);
    QTEST(QString::fromStdString(outcome.error->what), "what");
    QTEST(QString::fromStdString(outcome.error->where), "where");
    QVERIFY(world == before);
}

/// For the rows of a test with the columns command and claims (as claimsText() has them).
inline void compareClaims(const World &world)
{
    QFETCH(QmpCommand, command);
    const auto decision = decide(world, command, "nac");
    QVERIFY2(decision.hasValue(), decision ? "" : decision.error().what.c_str());
    QTEST(claimsText(world, decision->plan), "claims");
}

} // namespace blockscope::test
