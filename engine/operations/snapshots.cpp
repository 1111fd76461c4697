// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "engine/operations/snapshots.h"

#include "engine/operations/imagesize.h"
#include "engine/world/blockio.h"
#include "engine/world/contract.h"
#include "engine/world/grant.h"

#include <algorithm>
#include <charconv>

namespace blockscope {

namespace {

bool mayWriteTable(World &world, NodeId node, Holder actor)
{
    return permit(world, actor, node, Action::ReadMetadata) && permit(world, actor, node, Action::ModifyMetadata);
}

/// One more than the highest number that is an id (find_new_snapshot_id() in block/qcow2-snapshot.c).
std::string freeId(const std::vector<InternalSnapshot> &snapshots)
{
    unsigned long highest = 0;
    for (const InternalSnapshot &each : snapshots) {
        unsigned long number = 0;
        std::from_chars(each.id.data(), each.id.data() + each.id.size(), number);
        highest = std::max(highest, number);
    }
    return std::to_string(highest + 1);
}

bool matches(const InternalSnapshot &snapshot, const std::optional<std::string> &id,
             const std::optional<std::string> &name)
{
    return (!id || snapshot.id == *id) && (!name || snapshot.name == *name);
}

void reportDifference(World &world, NodeId node, const BlockData &expected, Holder actor)
{
    for (std::uint32_t index = 0; index < expected.size(); ++index) {
        const Cluster found = readCluster(world, node, index);
        if (!found.readsLike(expected[index])) {
            report(world, {Finding::Kind::SnapshotDiffers, world.clock, node, actor, index, expected[index], found});
            return;
        }
    }
}

/// The first cluster that reads otherwise than \a before and that a bitmap of \a node that records does not have.
void reportUnnoticed(World &world, NodeId node, const BlockData &before, Holder actor)
{
    const auto bitmaps = world.bitmaps->find(dataNode(world.graph, node));
    if (bitmaps == world.bitmaps->end())
        return;
    for (std::uint32_t index = 0; index < before.size(); ++index) {
        const Cluster found = readCluster(world, node, index);
        const bool isMissing = std::any_of(bitmaps->second.begin(), bitmaps->second.end(), [&](const auto &bitmap) {
            return bitmap.isRecording && index < bitmap.bits.size() && !bitmap.bits[index];
        });
        if (isMissing && !found.readsLike(before[index])) {
            report(world, {Finding::Kind::BitmapIncomplete, world.clock, node, actor, index, before[index], found});
            return;
        }
    }
}

/// As long as it was when the snapshot was taken (qcow2_snapshot_goto()).
bool restoreSize(World &world, NodeId node, std::uint32_t clusters, Holder actor)
{
    const std::uint32_t now = clusterCount(world, node);
    if (now == clusters)
        return true;
    const auto size = static_cast<long double>(world.node(node).virtualSize);
    const std::uint64_t bytes = now == 0 ? 0 : static_cast<std::uint64_t>(size / now * clusters + 0.5L);
    if (!resize(world, node, clusters, actor))
        return false;
    setVirtualSize(world, node, bytes);
    return true;
}

} // namespace

bool canSnapshot(const World &world, NodeId node)
{
    const std::string &driver = world.node(dataNode(world.graph, node)).driver;
    return isWritable(world, node) && (driver == "qcow2" || driver == "rbd");
}

const InternalSnapshot *findSnapshot(const World &world, NodeId node, const std::optional<std::string> &id,
                                     const std::optional<std::string> &name)
{
    const auto known = world.snapshots->find(dataNode(world.graph, node));
    if (known == world.snapshots->end())
        return nullptr;
    const auto found = std::find_if(known->second.begin(), known->second.end(),
                                    [&](const InternalSnapshot &each) { return matches(each, id, name); });
    return found == known->second.end() ? nullptr : &*found;
}

void takeSnapshot(World &world, NodeId node, const std::string &name, bool hasVmState, Holder actor)
{
    if (!mayWriteTable(world, node, actor))
        return;
    const NodeId holder = dataNode(world.graph, node);
    auto &snapshots = world.snapshots.edit()[holder];
    snapshots.push_back(
        {freeId(snapshots), name, world.clock, hasVmState, *world.data[holder.value], shownBy(world, node)});
}

void loadSnapshot(World &world, NodeId node, const std::string &name, Holder actor)
{
    const InternalSnapshot *found = findSnapshot(world, node, std::nullopt, name);
    if (found == nullptr || !mayWriteTable(world, node, actor) || !permit(world, actor, node, Action::ModifyVisible))
        return;
    const InternalSnapshot snapshot = *found;
    const BlockData before = shownBy(world, node);
    if (!restoreSize(world, node, static_cast<std::uint32_t>(snapshot.clusters.size()), actor))
        return;
    const NodeId holder = dataNode(world.graph, node);
    world.data[holder.value].edit() = snapshot.clusters;
    world.changes.nodes.push_back(holder);
    reportDifference(world, node, snapshot.shown, actor);
    reportUnnoticed(world, node, before, actor);
    for (NodeId each : nodesShowingSame(world, node)) {
        if (contractOf(world, each) != nullptr)
            setContract(world, each, snapshot.shown);
    }
}

void deleteSnapshot(World &world, NodeId node, const std::optional<std::string> &id,
                    const std::optional<std::string> &name, Holder actor)
{
    const InternalSnapshot *found = findSnapshot(world, node, id, name);
    if (found == nullptr || !mayWriteTable(world, node, actor))
        return;
    const NodeId holder = dataNode(world.graph, node);
    auto &all = world.snapshots.edit();
    auto &snapshots = all.at(holder);
    const auto first = std::find_if(snapshots.begin(), snapshots.end(),
                                    [&](const InternalSnapshot &each) { return matches(each, id, name); });
    snapshots.erase(first);
    if (snapshots.empty())
        all.erase(holder);
}

} // namespace blockscope
