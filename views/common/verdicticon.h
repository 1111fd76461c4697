// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// The small sign of a verdict for lists, menus and forms: tick, cross, or a
/// ring for what makes no sense there. Shape and colour together.
///
/// Thread: GUI.

#include "engine/text/offer.h"

#include <QIcon>

class QPalette;

namespace blockscope::views {

/// In colours that can be read on \a palette.
[[nodiscard]] QIcon verdictIcon(Offer::Kind kind, const QPalette &palette);

} // namespace blockscope::views
