// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "views/common/onscreen.h"

#include <QScreen>
#include <QWidget>

#include <algorithm>

namespace blockscope::views {

void moveOnScreen(QWidget &window, QPoint corner)
{
    const QScreen *screen = window.parentWidget() != nullptr ? window.parentWidget()->screen() : window.screen();
    const QRect room = screen->availableGeometry();
    const QSize size = window.size();
    window.move(std::clamp(corner.x(), room.left(), std::max(room.left(), room.right() - size.width())),
                std::clamp(corner.y(), room.top(), std::max(room.top(), room.bottom() - size.height())));
}

} // namespace blockscope::views
