// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// What a node is for the one who holds it, and what that one does to it: the
/// last column of operations.md 3.3 in sentences.
///
/// Thread: any.

#include "engine/text/names.h"

namespace blockscope {

/// "its base", "an intermediate node": the node's role for \a operation (empty for users and links).
/// A role without a text of its own is shown as it is called in the engine.
[[nodiscard]] QString roleName(std::string_view operation, std::string_view role);

/// "commit c0 is overwriting base": the main clause of a headline.
/// \a holder and \a node are shown as given, so that they can be elided.
[[nodiscard]] QString roleClause(const World &world, Holder holder, std::string_view role, const QString &holderName,
                                 const QString &node);

/// What \a node is for the holder and why it states there what it states; empty for an unknown role.
[[nodiscard]] QString roleReason(const World &world, Holder holder, std::string_view role, const QString &node);

} // namespace blockscope
