// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// Small Worlds to copy in, with few clusters, so that all orders can be played.

#include "engine/run/apply.h"
#include "engine/world/blockio.h"
#include "engine/world/contract.h"
#include "tests/support/worlds.h"

#include <QTest>

namespace blockscope::test {

// Numbers, which QTest can print.
inline constexpr int kAllowed = static_cast<int>(Outcome::Kind::Allowed);
inline constexpr int kRefused = static_cast<int>(Outcome::Kind::Refused);
inline constexpr std::uint32_t kClusters = 3;

inline NodeId named(const World &world, const std::string &name)
{
    return *world.graph.findNode(name);
}

inline void addBitmap(World &world, const std::string &node, const std::string &name, std::vector<bool> bits)
{
    DirtyBitmap bitmap;
    bitmap.name = name;
    bitmap.bits = std::move(bits);
    world.bitmaps.edit()[named(world, node)].push_back(std::move(bitmap));
}

/// Gives a node data of its own in these clusters alone.
inline void fill(World &world, const std::string &node, const std::vector<std::size_t> &clusters)
{
    const NodeId id = named(world, node);
    const Stamp stamp{Stamp::Kind::Image, id.value, 0};
    BlockData &data = world.data[id.value].edit();
    data.assign(kClusters, Cluster());
    for (std::size_t index : clusters)
        data[index] = {Cluster::State::Data, stamp, stamp};
}

/// base <- mid <- top with guest vda and bitmap b0; target alone, "on-mid" and "on-top" with backing files.
inline World copyWorld()
{
    World world = chainWorld({"base", "mid", "top"}, "vda", kClusters);
    addImage(world, "target", std::nullopt, false, kClusters);
    addImage(world, "on-mid", named(world, "mid"), false, kClusters);
    addImage(world, "on-top", named(world, "top"), false, kClusters);
    for (const char *name : {"target", "on-mid", "on-top"})
        world.data[named(world, name).value] = BlockData(kClusters);
    fill(world, "base", {0, 1, 2});
    fill(world, "mid", {0, 1});
    fill(world, "top", {2});
    renewContract(world, named(world, "top"));
    addBitmap(world, "top", "b0", {true, false, true});
    addBitmap(world, "top", "broken", {true, false, true});
    world.bitmaps.edit().at(named(world, "top")).back().isInconsistent = true;
    return world;
}

/// A guest on Q, a quorum of c0, c1 and c2 with threshold 2; c3 alone.
inline World quorumWorld()
{
    World world;
    for (const char *name : {"c0", "c1", "c2", "c3"})
        addImage(world, name, std::nullopt, false, kClusters);
    for (const char *name : {"c1", "c2", "c3"})
        world.data[named(world, name).value] = *world.data[named(world, "c0").value];
    Node quorum;
    quorum.name = "Q";
    quorum.driver = "quorum";
    quorum.voteThreshold = 2;
    const NodeId id = addNode(world, quorum);
    for (int i = 0; i < 3; ++i)
        attach(world, Parent::of(id), named(world, "c" + std::to_string(i)), "children." + std::to_string(i));
    User guest;
    guest.name = "vda";
    addUser(world, guest, id);
    return world;
}

inline Outcome run(World &world, const Event &event)
{
    Outcome outcome = apply(world, event);
    if (!verify(world))
        QTest::qFail("the World does not verify", __FILE__, __LINE__);
    return outcome;
}

inline int request(World &world, const char *command, const Object &arguments)
{
    return static_cast<int>(run(world, QmpCommand{command, arguments}).kind);
}

inline bool readsAlike(const World &world, NodeId a, NodeId b)
{
    for (std::uint32_t index = 0; index < clusterCount(world, a); ++index) {
        if (!readCluster(world, a, index).readsLike(readCluster(world, b, index)))
            return false;
    }
    return clusterCount(world, a) == clusterCount(world, b);
}

inline NodeId guestsNode(const World &world)
{
    return *world.rootOf(*world.findUser("vda"));
}

} // namespace blockscope::test
