// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// What would come of an operation if it were asked for now. Nothing is changed.
///
/// Thread: any.

#include "engine/operations/catalogue.h"
#include "engine/run/apply.h"

#include <QString>

#include <span>
#include <string>
#include <vector>

namespace blockscope {

struct Offer
{
    enum class Kind : std::uint8_t {
        Allowed,
        Refused,    ///< by the policy in force
        Incomplete, ///< an argument must be chosen first
        Invalid     ///< makes no sense there, which is no refusal
    };

    Kind kind = Kind::Invalid;
    Object arguments;                 ///< those that are given
    QmpCommand judged;                ///< the whole request, which may have a spare node in place of one to be chosen
    QString reason;                   ///< one line; empty when allowed
    Verdict verdict;                  ///< with reasons when refused
    std::vector<std::string> missing; ///< arguments, when incomplete
};

/// What the policy in force says of \a request.
[[nodiscard]] Offer judge(const World &world, const QmpCommand &request);

/// The same for \a operation dropped on \a node, with the arguments that can be guessed. If a node must be chosen
/// besides, some of \a spare are tried in its place: allowed when one of them would do.
[[nodiscard]] Offer offerOn(const World &world, const Operation &operation, NodeId node, std::span<const NodeId> spare);

/// "What may I do here": every operation that is asked of a node, as if it were dropped on \a node, in the order of the
/// catalogue.
struct OfferOfOperation
{
    const Operation *operation = nullptr;
    Offer offer;
};
[[nodiscard]] std::vector<OfferOfOperation> offersOn(const World &world, NodeId node);

/// Nodes that nobody uses: those that could be a target or an overlay. Linear.
[[nodiscard]] std::vector<NodeId> spareNodes(const World &world);

/// The process that a request must be sent to: that of the first node or device that \a arguments name. Empty for the
/// first process, and where they name none.
[[nodiscard]] std::string hostFor(const World &world, const Operation &operation, const Object &arguments);

/// The arguments that \a operation cannot do without and \a arguments lack.
[[nodiscard]] std::vector<std::string> missingArguments(const Operation &operation, const Object &arguments);

} // namespace blockscope
