// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT

#include "views/layout/fanblock.h"

#include <algorithm>
#include <cmath>

namespace blockscope::layout {
namespace {

constexpr double kAspect = 1.6; // 16:10
constexpr double kStep = 1.25;  // widths tried: few, so that small changes keep the rows as they are
constexpr double kBend = 8;     // of the corners, and so from a port to its bus

/// Fills rows up to a width, none of them across the aisle.
class Rows
{
public:
    Rows(std::span<const PieceSize> pieces, const Spacing &spacing, bool isAbove, double width)
        : m_pieces(pieces), m_spacing(spacing), m_isAbove(isAbove), m_middle(width / 2), m_width(width)
    {
        m_block.corners.resize(pieces.size());
        m_isRight.resize(pieces.size());
        for (std::size_t piece = 0; piece < pieces.size(); ++piece)
            add(piece);
        endRow(pieces.size());
        closeAisle();
    }
    [[nodiscard]] FanBlock take() { return std::move(m_block); }

private:
    [[nodiscard]] double widthOf(std::size_t piece) const { return std::ceil(m_pieces[piece].size.width); }

    void add(std::size_t piece)
    {
        const double width = widthOf(piece);
        if (m_x < m_middle && m_x + width > m_middle - m_spacing.column)
            m_x = m_middle + m_spacing.column;
        if (m_x > m_middle && m_x + width > m_width) {
            endRow(piece);
            m_x = 0;
        }
        m_isRight[piece] = m_x > m_middle;
        m_block.corners[piece].x = m_x;
        m_x += width + m_spacing.column;
    }
    // The pieces of a row have their ports at one height.
    void endRow(std::size_t end)
    {
        double above = 0;
        double below = 0;
        for (std::size_t piece = m_rowBegin; piece < end; ++piece) {
            above = std::max(above, m_pieces[piece].port.y);
            below = std::max(below, m_pieces[piece].size.height - m_pieces[piece].port.y);
        }
        const double top = m_rowBegin == 0 ? 0 : m_block.size.height + m_spacing.row;
        const double port = std::ceil(top + above + (m_isAbove ? 0 : 2 * kBend));
        for (std::size_t piece = m_rowBegin; piece < end; ++piece)
            m_block.corners[piece].y = port - m_pieces[piece].port.y;
        m_block.size.height = std::ceil(port + below + (m_isAbove ? 2 * kBend : 0));
        m_rowBegin = end;
    }
    void closeAisle()
    {
        double left = 0;
        for (std::size_t piece = 0; piece < m_pieces.size(); ++piece) {
            if (!m_isRight[piece])
                left = std::max(left, m_block.corners[piece].x + widthOf(piece));
        }
        m_block.aisle = left + m_spacing.column;
        for (std::size_t piece = 0; piece < m_pieces.size(); ++piece) {
            double &x = m_block.corners[piece].x;
            x += m_isRight[piece] ? m_block.aisle - m_middle : 0;
            m_block.size.width = std::max(m_block.size.width, x + widthOf(piece));
        }
        m_block.size.width = std::max(m_block.size.width, m_block.aisle);
    }

    std::span<const PieceSize> m_pieces;
    Spacing m_spacing;
    bool m_isAbove;
    double m_middle;
    double m_width;
    double m_x = 0;
    std::size_t m_rowBegin = 0;
    std::vector<bool> m_isRight; // of the aisle
    FanBlock m_block;
};

double scaleOf(Size size)
{
    return 1 / std::max(size.width, size.height * kAspect);
}

} // namespace

FanBlock fanBlock(std::span<const PieceSize> pieces, const Spacing &spacing, bool isAbove)
{
    double area = 0;
    double widest = 0;
    for (const PieceSize &piece : pieces) {
        area += (piece.size.width + spacing.column) * (piece.size.height + spacing.row);
        widest = std::max(widest, std::ceil(piece.size.width));
    }
    const double narrowest = 2 * (widest + spacing.column);
    const double first = std::floor(std::log(std::sqrt(area * kAspect) / 2 + 1) / std::log(kStep));
    FanBlock found;
    for (int step = 0; step < 10; ++step) {
        const double width = std::max(narrowest, std::pow(kStep, first + step));
        FanBlock block = Rows(pieces, spacing, isAbove, width).take();
        if (found.corners.empty() || scaleOf(block.size) > scaleOf(found.size))
            found = std::move(block);
    }
    return found;
}

void appendBus(std::vector<Point> &route, Point end)
{
    const Point port = route.back();
    const double bend = std::clamp((end.x - port.x) / 2, -kBend, kBend);
    const double bus = port.y + kBend;
    appendCorner(route, {port.x, bus}, {port.x + bend, bus});
    appendLine(route, {end.x - bend, bus});
    appendCorner(route, {end.x, bus}, {end.x, bus + kBend});
    appendLine(route, end);
}

void appendTrunk(std::vector<Point> &route, Point port)
{
    const Point start = route.back();
    const double bend = std::clamp((port.x - start.x) / 2, -kBend, kBend);
    const double bus = port.y - kBend;
    appendLine(route, {start.x, bus - kBend});
    appendCorner(route, {start.x, bus}, {start.x + bend, bus});
    appendLine(route, {port.x - bend, bus});
    appendCorner(route, {port.x, bus}, port);
}

} // namespace blockscope::layout
