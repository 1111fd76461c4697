// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// The way in: places a whole picture. Parents are above their children; no two boxes overlap; boxes that no link
/// connects are laid out apart and packed to about 16:10, in the order of their smallest ids, so that an addition
/// never changes the order of the rest. Many parts that hang on one box alone, an image's overlays for example, are
/// wrapped into rows where one row would be too wide; their links join into one line to it. A leaf that wants to be
/// folded is put to the right of its parent if it has no other parent and no child, and its parent has few of them.
///
/// The same request gives the same result, whatever the order of its lists and whatever the cache has seen. Never
/// fails: sizes that make no sense are mended, and where Graphviz gives up the linear placement is used.
///
/// Thread: any; Graphviz is serialised inside, one cache belongs to one caller at a time. A call cannot be
/// cancelled: who lost interest drops the result. Graphviz sets LC_NUMERIC to "C" for the time of the call, in the
/// whole process; have it so from the start.

#include "views/layout/layoutcache.h"
#include "views/layout/layoutrequest.h"

namespace blockscope::layout {

[[nodiscard]] Result place(const Request &request);

/// The same, and remembers in \a cache the components that were expensive, for the next call.
[[nodiscard]] Result place(const Request &request, LayoutCache &cache);

} // namespace blockscope::layout
