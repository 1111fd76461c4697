// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// From a World to a Picture, laid out at once: for files and the command
/// line. The window lays out on a worker instead (layoutcontroller.h) and
/// shows the same faces at the same places.
///
/// Equal input gives an equal picture, whatever the machine. Thread: any; needs no QGuiApplication.

#include "engine/world/world.h"
#include "views/graph/marks.h"
#include "views/graph/picture.h"
#include "views/graph/placement.h"

namespace blockscope::views {

struct PictureOptions
{
    QString title;
    QString subtitle;
    Marks marks;
    std::optional<Explanation> refusal;
    bool hasLegend = false;
};

/// A box has room for one line of what broke in it: the findings stand below the graph too, in full.
[[nodiscard]] Picture buildPicture(const World &world, const PictureOptions &options = {});
/// The same with places that are known. REQUIRES: \a placement belongs to topologyOf(world).
[[nodiscard]] Picture buildPicture(const World &world, const Placement &placement, const PictureOptions &options);

} // namespace blockscope::views
