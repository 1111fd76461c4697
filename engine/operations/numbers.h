// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// Numbers of bytes as people write them for HMP and qemu-io.

#include <cstdint>
#include <optional>
#include <string_view>

namespace blockscope {

/// A whole number, decimal or "0x" hexadecimal, with or without one of the suffixes B K M G T P E (of either case;
/// powers of 1024); without one it counts \a unit bytes (qemu_strtosz()). Nothing when it is none or too large for a
/// size of QEMU's, which is signed.
[[nodiscard]] std::optional<std::uint64_t> bytesFromText(std::string_view text, std::uint64_t unit = 1);

} // namespace blockscope
