// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// Small Worlds for tests, built in code.

#include "engine/world/world.h"

#include <string>
#include <vector>

namespace blockscope::test {

/// A qcow2 node on a protocol node of its own ("top" and "top-file"), whose name ends in \a fileSuffix.
inline NodeId addImage(World &world, const std::string &name, std::optional<NodeId> backing, bool isReadOnly,
                       std::uint32_t clusters = kDefaultClusters, const char *fileSuffix = "-file")
{
    Node file;
    file.name = name + fileSuffix;
    file.driver = "file";
    file.filename = "/images/" + name + ".qcow2";
    file.isMonitorOwned = true;
    file.isReadOnly = isReadOnly;
    Node image;
    image.name = name;
    image.driver = "qcow2";
    image.filename = file.filename;
    image.isMonitorOwned = true;
    image.isReadOnly = isReadOnly;
    if (backing)
        image.headerBacking = world.node(*backing).filename;
    const NodeId below = addNode(world, file);
    // Every image holds a run of clusters of its own, and so overlaps with its neighbours.
    BlockData data(clusters);
    const std::uint32_t id = below.value + 1;
    for (std::uint32_t i = (id * 7) % (clusters / 2 + 1); i < clusters && i % 24 != 23; ++i) {
        const Stamp stamp{Stamp::Kind::Image, id, 0};
        data[i] = {Cluster::State::Data, stamp, stamp};
    }
    const NodeId node = addNode(world, image, data);
    attach(world, Parent::of(node), below, "file");
    if (backing)
        attach(world, Parent::of(node), *backing, "backing");
    return node;
}

/// Adds a chain, base first; only its top is writable. With \a guest a device of that name uses the top.
inline NodeId addChain(World &world, const std::vector<std::string> &names, const std::string &guest = {},
                       std::uint32_t clusters = kDefaultClusters)
{
    std::optional<NodeId> below;
    for (const std::string &name : names)
        below = addImage(world, name, below, name != names.back(), clusters);
    if (!guest.empty()) {
        User user;
        user.name = guest;
        addUser(world, user, below);
    }
    return *below;
}

/// chainWorld({"base", "mid1", "mid2", "top"}, "vda").
inline World chainWorld(const std::vector<std::string> &names, const std::string &guest = "vda",
                        std::uint32_t clusters = kDefaultClusters)
{
    World world;
    addChain(world, names, guest, clusters);
    return world;
}

/// \a disks chains of \a depth nodes ("d3-2" is the third of the fourth disk), each with a guest device.
inline World diskWorld(int disks, int depth, std::uint32_t clusters = kDefaultClusters)
{
    World world;
    for (int disk = 0; disk < disks; ++disk) {
        std::vector<std::string> names;
        for (int i = 0; i < depth; ++i)
            names.push_back("d" + std::to_string(disk) + "-" + std::to_string(i));
        addChain(world, names, "vd" + std::to_string(disk), clusters);
    }
    world.changes.clear(); // there is nothing to check in what was only built
    return world;
}

} // namespace blockscope::test
