// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// The nodes of a World as options of blockdev-add. Names and roles in a file are anybody's input: what becomes a key
/// or a value here is a word of our own or one without a comma, for -drive takes the options as text.

#include "engine/base/result.h"
#include "engine/reproduce/scratchnames.h"
#include "engine/reproduce/scratchneeds.h"

#include <optional>
#include <set>

namespace blockscope {

class ScratchNodes
{
public:
    /// All must outlive this; what throttle nodes need is noted in \a needs.
    ScratchNodes(const World &world, ScratchNames &names, ScratchNeeds &needs);

    /// Finds the order(); an error when the links make a cycle.
    [[nodiscard]] std::optional<Error> sort();
    /// The nodes that are made, children before parents.
    [[nodiscard]] const std::vector<NodeId> &order() const { return m_order; }
    /// False for closed nodes, for those of other processes, and for the filters of jobs, which come with their jobs.
    [[nodiscard]] bool isMade(NodeId id) const;
    /// \a node, or what is below the filters of jobs there.
    [[nodiscard]] NodeId belowFilters(NodeId node) const;
    /// Links to children that are made, in their order.
    [[nodiscard]] std::vector<const Edge *> links(NodeId node) const;
    [[nodiscard]] Object options(NodeId id) const;

private:
    void addDriverOptions(const Node &node, const std::string &driver, Object &options) const;
    void addLink(const Edge &edge, Object &options) const;

    const World &m_world;
    ScratchNames &m_names;
    ScratchNeeds &m_needs;
    std::set<NodeId> m_filters;
    std::vector<NodeId> m_order;
};

/// Options as -drive takes them: ",a=b,a.c=d".
[[nodiscard]] std::string driveOptions(const Object &options);

} // namespace blockscope
