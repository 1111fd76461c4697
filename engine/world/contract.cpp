// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "engine/world/contract.h"

#include "engine/world/blockio.h"

#include <algorithm>

namespace blockscope {

BlockData shownBy(const World &world, NodeId node)
{
    BlockData shown;
    const std::uint32_t count = clusterCount(world, node);
    shown.reserve(count);
    for (std::uint32_t index = 0; index < count; ++index)
        shown.push_back(readCluster(world, node, index));
    return shown;
}

const BlockData *contractOf(const World &world, NodeId node)
{
    const auto found = world.contracts->find(node);
    return found == world.contracts->end() ? nullptr : &*found->second;
}

void rememberContract(World &world, NodeId node)
{
    if (!world.contracts->contains(node))
        world.contracts.edit().emplace(node, shownBy(world, node));
}

void rememberContractsOfReaders(World &world)
{
    for (std::uint32_t id = 0; id < world.users.size(); ++id) {
        const auto root = world.rootOf(UserId{id});
        if (root && world.user(UserId{id}).isReader())
            rememberContract(world, *root);
    }
}

void setContract(World &world, NodeId node, BlockData contract)
{
    world.contracts.edit().insert_or_assign(node, std::move(contract));
}

void renewContract(World &world, NodeId node)
{
    if (world.contracts->contains(node))
        setContract(world, node, shownBy(world, node));
}

void setContractCluster(World &world, NodeId node, std::uint32_t index, const Cluster &value)
{
    const BlockData *contract = contractOf(world, node);
    if (contract != nullptr && index < contract->size())
        world.contracts.edit().at(node).edit()[index] = value;
}

void resizeContract(World &world, NodeId node, std::uint32_t clusters)
{
    const BlockData *contract = contractOf(world, node);
    if (contract != nullptr && contract->size() != clusters)
        world.contracts.edit().at(node).edit().resize(clusters, {Cluster::State::Zero, {}, {}});
}

bool hasReader(const World &world, NodeId node)
{
    const auto &parents = world.node(node).parents;
    return std::any_of(parents.begin(), parents.end(), [&](EdgeId edge) {
        const auto user = world.userOf(edge);
        return user && world.user(*user).isReader();
    });
}

} // namespace blockscope
