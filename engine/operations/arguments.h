// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// Reading the arguments of a request, and building its plan. The errors carry
/// QEMU's wording (blockdev.c, block.c, job.c of QEMU 7.2).

#include "engine/base/result.h"
#include "engine/operations/operation.h"

#include <optional>

namespace blockscope {

/// Checks names, kinds and presence of \a arguments against the operation's
/// parameters, as QAPI does; nothing when they fit.
[[nodiscard]] std::optional<Error> checkParameters(const Operation &operation, const Object &arguments);

/// id_wellformed() of QEMU: a letter, then letters, digits, '-', '.', '_'. What QEMU makes up is not.
[[nodiscard]] bool isWellFormedId(std::string_view id);
/// The string argument \a name, or nothing.
[[nodiscard]] std::optional<std::string> textArgument(const Object &arguments, std::string_view name);
[[nodiscard]] bool boolArgument(const Object &arguments, std::string_view name, bool otherwise);

/// The node that \a name names: a node-name, a BlockBackend or a guest device
/// (bdrv_lookup_bs). \a argument is where the error points.
[[nodiscard]] Result<NodeId> lookUpNode(const World &world, std::string_view argument, const std::string &name);

/// What is wrong with \a name for a new node (bdrv_assign_node_name() in block.c).
[[nodiscard]] std::optional<Error> checkNodeName(const World &world, const std::string &name);
/// The same of the argument "filter-node-name", if it is given; \a context is what QEMU puts before its words.
[[nodiscard]] std::optional<Error> checkFilterName(const World &world, const Object &arguments,
                                                   const std::string &context = {});

/// BlockdevOnError of QMP.
inline constexpr std::string_view kErrorActions[] = {"report", "ignore", "enospc", "stop", "auto"};

/// The job-id of the arguments; without one the BlockBackend's name as in QEMU, and where that is empty a free name
/// made of \a type and a number. Errors are those of block_job_create(): a job-id that is not well-formed or taken,
/// then a negative speed. REQUIRES: checkParameters() found nothing.
[[nodiscard]] Result<std::string> chooseJobName(const World &world, const Object &arguments, std::string_view type,
                                                NodeId device);

/// Collects the nodes and claims of a plan by role.
class PlanBuilder
{
public:
    /// \a claimOperation is the operation's name in Appendix A.
    PlanBuilder(const Operation &operation, std::string_view claimOperation, const Object &arguments);

    /// Adds \a node in \a role, with that role's claim.
    void add(std::string_view role, NodeId node);
    void add(std::string_view role, const std::vector<NodeId> &nodes);
    /// Adds \a node in \a role with a claim that is not the table's.
    void add(std::string_view role, NodeId node, Claim claim);
    /// The operation will make a node in \a role, with that role's claim or another.
    void create(std::string_view role);
    void create(std::string_view role, Claim claim);
    /// The operation will make \a node writable: the links to its children claim more then (P5), instead of what they
    /// claim now.
    void makesWritable(const World &world, NodeId node);
    /// The operation moves or cuts \a link, whose claims do not stand in its way.
    void movesLink(EdgeId link);
    void setJobName(std::string name);
    [[nodiscard]] Plan take() { return std::move(m_plan); }

private:
    Plan m_plan;
    std::string_view m_claimOperation;
};

/// The nodes with a link to \a node, each once, ascending.
[[nodiscard]] std::vector<NodeId> parentNodes(const World &world, NodeId node);
/// The active layer above \a node: the first node up its chain that a user is attached to, else the topmost.
[[nodiscard]] NodeId activeLayer(const World &world, NodeId node);

} // namespace blockscope
