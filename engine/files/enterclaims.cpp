// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "engine/files/enterclaims.h"

#include "engine/world/standingclaims.h"

namespace blockscope {

namespace {

constexpr std::size_t kMaximumClaims = 4'000'000;

} // namespace

bool enterStandingClaims(World &world, const std::vector<Tick> &edgesSince, const std::vector<Tick> &usersSince)
{
    std::size_t total = 0;
    const auto enter = [&](Holder holder, const std::vector<Tick> &since, std::vector<NodeClaim> claims) {
        total += claims.size();
        if (!claims.empty())
            world.ledger.acquire(holder, holder.id < since.size() ? since[holder.id] : 0, std::move(claims));
    };
    NodesAbove known;
    for (const auto &user : world.users) {
        if (total > kMaximumClaims)
            return false;
        enter(Holder::of(user->id), usersSince, standingClaims(world, *user, known));
    }
    for (EdgeId id : world.graph.edges()) {
        if (total > kMaximumClaims)
            return false;
        enter(Holder::of(id), edgesSince, standingClaims(world, world.graph.edge(id)));
    }
    return true;
}

} // namespace blockscope
