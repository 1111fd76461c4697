// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// How an operation travels in a drag from the palette to the graph.
///
/// Thread: GUI.

#include <QString>

#include <memory>

class QMimeData;

namespace blockscope {
struct Operation;
}

namespace blockscope::views {

/// What hangs at the pointer meanwhile: a plate of this height, its corner this far to the right and below.
inline constexpr int kDragPlateHeight = 28;
inline constexpr int kDragPlateOffset = 8;

/// "application/x-blockscope-operation"; its content is the QMP name of the command.
[[nodiscard]] QString operationMimeType();
[[nodiscard]] std::unique_ptr<QMimeData> operationMimeData(const Operation &operation);
/// Null when \a data carries no operation of the catalogue.
[[nodiscard]] const Operation *operationIn(const QMimeData *data);

} // namespace blockscope::views
