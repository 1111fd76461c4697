// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "engine/operations/externalsnapshot.h"

#include "engine/operations/arguments.h"
#include "engine/operations/copying.h"
#include "engine/world/contract.h"

#include <algorithm>

namespace blockscope {

void putOverlayOn(World &world, NodeId old, NodeId overlay)
{
    const Holder actor = Holder::synchronous();
    if (!resize(world, overlay, std::max(clusterCount(world, old), clusterCount(world, overlay)), actor))
        return;
    if (world.node(overlay).virtualSize == 0)
        world.graph.editNode(overlay).virtualSize = world.node(old).virtualSize;
    if (!world.is(Switch::FaultParentsNotMoved) &&
        (!mayRelink(world, parentNodes(world, old), actor) || !pivot(world, old, overlay, actor)))
        return;
    setReadOnly(world, overlay, false);
    setReadOnly(world, old, true);
    if (setBacking(world, overlay, old, actor) && !hasReader(world, overlay))
        renewContract(world, overlay);
}

} // namespace blockscope
