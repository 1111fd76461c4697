// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT

#include "views/layout/shelves.h"

#include <algorithm>
#include <cmath>

namespace blockscope::layout {
namespace {

constexpr double kAspect = 1.6;    // 16:10
constexpr double kStep = 1.25;     // widths tried: few, so that small changes keep the rows as they are
constexpr double kPileGain = 1.25; // how much larger the picture must get for parts to be put below each other

struct Packing
{
    std::vector<Point> corners;
    Size size;

    /// How large the packing is shown on a screen, in some unit.
    [[nodiscard]] double scale() const { return 1 / std::max(size.width, size.height * kAspect); }
};

// Rows from the left to the right. With piles, a rectangle goes below the one before it where the row has the room.
class Packer
{
public:
    Packer(std::span<const Size> sizes, double gap, double width, bool piles)
        : m_gap(gap), m_width(width), m_piles(piles)
    {
        m_packing.corners.reserve(sizes.size());
        for (const Size &size : sizes)
            add(size);
    }
    [[nodiscard]] Packing take() { return std::move(m_packing); }

private:
    void add(Size size)
    {
        const bool fitsBelow = m_piles && size.width <= m_pileWidth && m_pileY + size.height <= m_rowHeight;
        if (!fitsBelow)
            beginPile(size);
        const Point corner{m_pileX, m_rowY + m_pileY};
        m_packing.corners.push_back(corner);
        m_packing.size.width = std::max(m_packing.size.width, corner.x + size.width);
        m_packing.size.height = std::max(m_packing.size.height, corner.y + size.height);
        m_rowHeight = std::max(m_rowHeight, m_pileY + size.height);
        m_pileWidth = std::max(m_pileWidth, size.width);
        m_pileY += size.height + m_gap;
    }
    void beginPile(Size size)
    {
        m_pileX += m_packing.corners.empty() ? 0 : m_pileWidth + m_gap;
        if (m_pileX > 0 && m_pileX + size.width > m_width) {
            m_pileX = 0;
            m_rowY += m_rowHeight + m_gap;
            m_rowHeight = 0;
        }
        m_pileY = 0;
        m_pileWidth = 0;
    }

    double m_gap;
    double m_width;
    bool m_piles;
    Packing m_packing;
    double m_pileX = 0;
    double m_pileWidth = 0;
    double m_pileY = 0;
    double m_rowY = 0;
    double m_rowHeight = 0;
};

Packing best(std::span<const Size> sizes, double gap, bool piles)
{
    double area = 0;
    double widest = 0;
    for (const Size &size : sizes) {
        area += (size.width + gap) * (size.height + gap);
        widest = std::max(widest, size.width);
    }
    // Steps of fixed widths, from half of the ideal one to four times as much: rows are never full.
    const double first = std::floor(std::log(std::sqrt(area * kAspect) / 2 + 1) / std::log(kStep));
    Packing found;
    for (int step = 0; step < 10; ++step) {
        const double width = std::max(widest, std::pow(kStep, first + step));
        Packing packing = Packer(sizes, gap, width, piles).take();
        if (found.corners.empty() || packing.scale() > found.scale())
            found = std::move(packing);
    }
    return found;
}

} // namespace

std::vector<Point> pack(std::span<const Size> sizes, double gap)
{
    if (sizes.empty())
        return {};
    Packing rows = best(sizes, gap, false);
    Packing piles = best(sizes, gap, true);
    return piles.scale() > rows.scale() * kPileGain ? std::move(piles.corners) : std::move(rows.corners);
}

} // namespace blockscope::layout
