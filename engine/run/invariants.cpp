// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "engine/run/invariants.h"

#include "engine/graph/walk.h"
#include "engine/world/blockio.h"
#include "engine/world/contract.h"
#include "engine/world/grant.h"

#include <algorithm>
#include <unordered_map>

namespace blockscope {

namespace {

/// The readers at and above a node.
std::vector<UserId> readersAbove(const World &world, NodeId start)
{
    std::vector<UserId> readers;
    std::vector<NodeId> open{start};
    std::vector<bool> seen(world.graph.nodeCount());
    for (std::size_t next = 0; next < open.size(); ++next) {
        for (EdgeId id : world.node(open[next]).parents) {
            const Edge &edge = world.graph.edge(id);
            if (const auto user = world.userOf(id)) {
                if (world.user(*user).isReader())
                    readers.push_back(*user);
            } else if (showsChild(world.graph, edge) && !seen[edge.parent.node().value]) {
                seen[edge.parent.node().value] = true;
                open.push_back(edge.parent.node());
            }
        }
    }
    return readers;
}

/// The readers of the data that \a holder keeps, on whatever node they see it.
std::vector<UserId> readersOf(const World &world, NodeId holder)
{
    std::vector<UserId> readers = readersAbove(world, holder);
    for (NodeId other : world.node(holder).alsoShownBy) {
        const auto more = readersAbove(world, other);
        readers.insert(readers.end(), more.begin(), more.end());
    }
    return readers;
}

Finding::Kind kindOfDifference(const User &user, const Cluster &expected)
{
    if (user.kind == User::Kind::Export)
        return Finding::Kind::ReaderInconsistent;
    const bool wasWritten = expected.state == Cluster::State::Data && expected.value.kind == Stamp::Kind::User;
    return wasWritten ? Finding::Kind::LostWrite : Finding::Kind::GuestDataChanged;
}

void checkCluster(World &world, UserId id, std::uint32_t index)
{
    const User &user = world.user(id);
    const NodeId root = *world.rootOf(id);
    const BlockData *contract = contractOf(world, root);
    if (world.node(root).isInactive || contract == nullptr || index >= contract->size())
        return;
    const Cluster &expected = (*contract)[index];
    const Cluster found = readCluster(world, root, index);
    if (!found.readsLike(expected))
        report(world, {kindOfDifference(user, expected), world.clock, root, Holder::of(id), index, expected, found});
}

void checkUser(World &world, UserId id)
{
    const NodeId root = *world.rootOf(id);
    const BlockData *contract = contractOf(world, root);
    // Who handed its image over, or has not yet taken it over, sees what the owner does with it later.
    if (world.node(root).isInactive || contract == nullptr)
        return;
    if (clusterCount(world, root) < contract->size())
        report(world,
               {Finding::Kind::SizeShrunk, world.clock, root, Holder::of(id), clusterCount(world, root), {}, {}});
    for (std::uint32_t index = 0; index < contract->size(); ++index)
        checkCluster(world, id, index);
}

/// Every image by the name that a header would give it; one that is still open goes before one that is not.
using Images = std::unordered_map<std::string, NodeId>;

Images imagesByName(const World &world)
{
    Images images;
    for (std::uint32_t id = 0; id < world.graph.nodeCount(); ++id) {
        const Node &node = world.node(NodeId{id});
        if (isFilterDriver(node.driver) || isProtocolDriver(node.driver))
            continue;
        const auto [known, isNew] = images.emplace(imageName(node), NodeId{id});
        if (!isNew && (node.isOpen || !world.node(known->second).isOpen))
            known->second = NodeId{id};
    }
    return images;
}

/// The chain that a restart would open. Nothing when a header names what is not known here, or was chosen by somebody:
/// then there is nothing to hold it against.
struct RestartChain
{
    std::vector<NodeId> nodes;
    std::optional<NodeId> obsolete; ///< the first that may be gone
};

std::optional<RestartChain> restartChain(const World &world, const Images &images, NodeId root)
{
    RestartChain chain;
    NodeId node = skipFilters(world.graph, root);
    while (chain.nodes.size() < world.graph.nodeCount()) {
        chain.nodes.push_back(node);
        const Node &image = world.node(node);
        if (image.isHeaderChosen)
            return std::nullopt;
        if (image.isObsolete && !chain.obsolete && node != skipFilters(world.graph, root))
            chain.obsolete = node;
        if (image.headerBacking.empty())
            return chain;
        const auto next = images.find(image.headerBacking);
        if (next == images.end())
            return std::nullopt;
        node = next->second;
    }
    return std::nullopt;
}

Cluster readAlong(const World &world, const std::vector<NodeId> &chain, std::uint32_t index)
{
    for (NodeId node : chain) {
        const BlockData &data = *world.data[dataNode(world.graph, node).value];
        if (index >= data.size())
            break;
        if (data[index].isAllocated())
            return data[index];
    }
    return {Cluster::State::Zero, {}, {}};
}

void checkRestart(World &world, const Images &images, UserId id)
{
    const NodeId root = *world.rootOf(id);
    const auto chain = restartChain(world, images, root);
    if (!chain)
        return;
    const Holder guest = Holder::of(id);
    if (chain->obsolete)
        report(world, {Finding::Kind::StaleHeader, world.clock, *chain->obsolete, guest, 0, {}, {}});
    const BlockData *contract = contractOf(world, root);
    if (contract == nullptr || chain->nodes == backingChain(world.graph, root))
        return; // what it shows now is checked anyway
    for (std::uint32_t index = 0; index < contract->size(); ++index) {
        const Cluster found = readAlong(world, chain->nodes, index);
        if (!found.readsLike((*contract)[index])) {
            report(world, {Finding::Kind::RestartDiffers, world.clock, root, guest, index, (*contract)[index], found});
            return;
        }
    }
}

void checkRestarts(World &world)
{
    const Images images = imagesByName(world);
    for (std::uint32_t id = 0; id < world.users.size(); ++id) {
        const User &user = world.user(UserId{id});
        const auto root = world.rootOf(user.id);
        if (user.kind == User::Kind::Guest && root && !world.node(*root).isInactive)
            checkRestart(world, images, user.id);
    }
}

} // namespace

void checkInvariants(World &world)
{
    if (world.changes.isEmpty())
        return;
    const Changes &changes = world.changes; // nothing below changes anything
    for (const auto &[holder, index] : changes.clusters) {
        for (UserId user : readersOf(world, holder))
            checkCluster(world, user, index);
    }
    std::vector<UserId> affected;
    for (NodeId changed : changes.nodes) {
        const auto readers = readersOf(world, changed);
        affected.insert(affected.end(), readers.begin(), readers.end());
    }
    std::sort(affected.begin(), affected.end());
    affected.erase(std::unique(affected.begin(), affected.end()), affected.end());
    for (UserId user : affected)
        checkUser(world, user);
    if (changes.headers || !affected.empty())
        checkRestarts(world);
    world.changes.clear();
}

} // namespace blockscope
