// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "engine/policies/qemu/refusal.h"

namespace blockscope::qemu {

namespace {

bool isThere(const World &world, Holder holder)
{
    const std::size_t counts[] = {world.jobs.size(), world.users.size(), world.graph.edgeCount(), 1};
    return holder.id < counts[static_cast<std::size_t>(holder.kind)];
}

} // namespace

Verdict toVerdict(const World &world, const Refusal &refusal)
{
    Reason reason;
    reason.code = refusal.code;
    reason.node = refusal.node;
    reason.action = refusal.action;
    // Who is only made by the request stands for the request itself.
    reason.holder = isThere(world, refusal.holder) ? refusal.holder : Holder::synchronous();
    reason.since = world.heldSince(reason.holder);
    reason.asked = refusal.asked;
    reason.askedRole = refusal.askedRole;
    reason.held = refusal.held;
    reason.heldRole = refusal.heldRole;
    return {"qemu", {reason}, refusal.error};
}

} // namespace blockscope::qemu
