// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once
/// \file
/// The cells of the five actions, and the strip of a node's data. Letter, shape, hatch and colour say the same thing
/// together, so that a grey print still reads.

#include "views/common/canvas.h"
#include "views/common/theme.h"
#include "views/graph/picture.h"

#include <span>

namespace blockscope::views {

/// How a cell of an action looks apart from its letters.
enum class CellLook : std::uint8_t {
    Empty,  ///< outline: not required, or nobody holds the node
    Filled, ///< required, or allowed by every holder
    Denied, ///< hatched and struck through: a holder does not allow it
};

[[nodiscard]] CellLook requireLook(const ActionCell &cell);
[[nodiscard]] CellLook allowLook(const ActionCell &cell);

/// What is behind the letters, and the letters, of a cell.
[[nodiscard]] Rgb cellBackground(CellLook look, std::size_t action, const Theme &theme);
[[nodiscard]] Rgb cellInk(CellLook look, std::size_t action, const Theme &theme);

/// MV MM GR RV RM.
[[nodiscard]] QString actionLetters(std::size_t action);

/// One cell with its letters, and \a count when it is more than one.
void drawCell(Canvas &canvas, const QRectF &rect, std::size_t action, CellLook look, int count, const Theme &theme);
/// The same without letters, for a leaf and for a view from further away.
void drawPlainCell(Canvas &canvas, const QRectF &rect, std::size_t action, CellLook look, const Theme &theme);
/// The frame and the cross of a cell that would clash.
void drawClash(Canvas &canvas, const QRectF &rect, const Theme &theme);

/// \a data in the width of \a rect, one column a cluster, or the weightiest of several where there are too many.
void drawData(Canvas &canvas, const QRectF &rect, std::span<const DataCell> data, const Theme &theme);

} // namespace blockscope::views
