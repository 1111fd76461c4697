// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// Windows that are placed by the program stay on the screen.

class QPoint;
class QWidget;

namespace blockscope::views {

/// Moves \a window so that its upper left corner is at \a corner, or as near as the screen of its parent lets it be
/// seen whole.
void moveOnScreen(QWidget &window, QPoint corner);

} // namespace blockscope::views
