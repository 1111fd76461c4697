// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// Findings in words: what broke, for whom, and who wrote what when. Thread: any.

#include "engine/world/world.h"

#include <QString>

namespace blockscope {

/// One line: "guest vda lost a write (cluster 3)".
[[nodiscard]] QString findingTitle(const World &world, const Finding &finding);
/// Whole sentences: what had to be there and what is, each with its origin, and since when.
[[nodiscard]] QString findingDetail(const World &world, const Finding &finding);
/// What a kind of finding means, for whoever meets it the first time; whole sentences.
[[nodiscard]] QString findingMeaning(Finding::Kind kind);
/// Where data came from: "written by guest vda in step 5", "part of the image base".
[[nodiscard]] QString originText(const World &world, const Cluster &cluster);

} // namespace blockscope
