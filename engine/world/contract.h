// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// Contracts: what who is entitled to read a node must see there (explore.md section 1). A contract is written down
/// when a user attaches to a node, and when an operation that changes what the node shows begins; until then it is what
/// the node shows.
///
/// How they evolve (explore.md section 2): a write by a user changes the contract of its node alone; a user that is
/// moved takes it along, unless somebody was there before; a resize grows or shrinks it; whoever changes data on
/// purpose (a completed backup, a commit's base) rewrites it.

#include "engine/world/world.h"

namespace blockscope {

/// What a reader of \a node sees, all of it.
[[nodiscard]] BlockData shownBy(const World &world, NodeId node);
/// Null when none was written down.
[[nodiscard]] const BlockData *contractOf(const World &world, NodeId node);
/// Writes the contract of \a node down, as it shows now, if there is none.
void rememberContract(World &world, NodeId node);
/// Writes down the contracts of all nodes that somebody reads, for a World that was not built by attach().
void rememberContractsOfReaders(World &world);
/// Replaces it.
void setContract(World &world, NodeId node, BlockData contract);
/// The contract of \a node is what it shows now, if one was written down.
void renewContract(World &world, NodeId node);
/// Changes one cluster of it; does nothing past its end or where none was written down.
void setContractCluster(World &world, NodeId node, std::uint32_t index, const Cluster &value);
/// Grows it with zeroes, or shrinks it.
void resizeContract(World &world, NodeId node, std::uint32_t clusters);
/// True when a guest or an export is attached to \a node.
[[nodiscard]] bool hasReader(const World &world, NodeId node);

} // namespace blockscope
