// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once
/// \file
/// Pictures for tests and benchmarks: every state a node can show, and a chain with all that stands around it.

#include "views/graph/picture.h"

#include <utility>
#include <vector>

namespace blockscope::views::samples {

/// A node in a state, and what the state is called.
struct NamedNode
{
    const char *state;
    NodeFace node;
};

/// At (0, 0), named \a name; \a protocol for a leaf.
[[nodiscard]] NodeFace node(const QString &name, bool protocol = false);

/// The same node in every state that must look different.
[[nodiscard]] std::vector<NamedNode> states();

/// A guest on a chain of \a length nodes, each with a leaf; a commit runs in the middle and a drag is refused there.
[[nodiscard]] Picture chain(int length);

/// \a count chains of five side by side, \a columns in a row.
[[nodiscard]] Picture chains(int count, int columns);

/// Names that want to break a file or a box.
[[nodiscard]] QStringList hostileNames();

} // namespace blockscope::views::samples
