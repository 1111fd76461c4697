// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// Why a real QEMU is not asked something, or is asked otherwise, in a sentence.

#include "engine/reproduce/unplayed.h"

#include <QString>

namespace blockscope {

[[nodiscard]] QString unplayedText(const Unplayed &unplayed);

} // namespace blockscope
