// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// What kind of obstacle an error text of QEMU tells of. The names are those under which recorded outcomes are compared
/// (tests/data/qemu/README.md).

#include <string_view>

namespace blockscope {

/// "op-blocker", "permission-conflict", "frozen-link", "need-root-node", "node-in-use", "image-lock", "read-only",
/// "bitmap-busy", "implicit-filter", "job-state", "aio-context", "cycle", "chain-shape", "no-such-thing"; "other" for a
/// text that is none of these.
[[nodiscard]] std::string_view causeOf(std::string_view error);

} // namespace blockscope
