// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT

#include "views/layout/shelves.h"

#include <algorithm>
#include <cmath>

namespace blockscope::layout {
namespace {

constexpr double kAspect = 1.6; // 16:10
constexpr double kStep = 1.25;  // widths tried: few, so that small changes keep the rows as they are

struct Packing
{
    std::vector<Point> corners;
    Size size;

    /// How large the packing is shown on a screen, in some unit.
    [[nodiscard]] double scale() const { return 1 / std::max(size.width, size.height * kAspect); }
};

// Rows from the left to the right. Beside a tall rectangle the next ones get several rows, within its height.
class Packer
{
public:
    Packer(std::span<const Size> sizes, double gap, double width) : m_sizes(sizes), m_gap(gap), m_width(width)
    {
        m_packing.corners.reserve(sizes.size());
        while (m_packing.corners.size() < sizes.size())
            fillRow();
    }
    [[nodiscard]] Packing take() { return std::move(m_packing); }

private:
    [[nodiscard]] std::size_t done() const { return m_packing.corners.size(); }

    void put(double x, double y)
    {
        const Size size = m_sizes[done()];
        m_packing.corners.push_back({x, y});
        m_packing.size.width = std::max(m_packing.size.width, x + size.width);
        m_packing.size.height = std::max(m_packing.size.height, y + size.height);
    }
    void fillRow()
    {
        double x = 0;
        double height = 0;
        while (done() < m_sizes.size() && (x == 0 || x + m_sizes[done()].width <= m_width)) {
            const Size size = m_sizes[done()];
            put(x, m_y);
            height = std::max(height, size.height);
            x += size.width + m_gap;
            if (done() < m_sizes.size() && 2 * m_sizes[done()].height + m_gap <= size.height) {
                fillBeside(x, size.height);
                break;
            }
        }
        m_y += height + m_gap;
    }
    // Rows to the right of x, down to the given height.
    void fillBeside(double left, double height)
    {
        double x = left;
        double y = 0;
        double rowHeight = 0;
        while (done() < m_sizes.size()) {
            const Size size = m_sizes[done()];
            if (x > left && x + size.width > m_width) {
                x = left;
                y += rowHeight + m_gap;
                rowHeight = 0;
            }
            if (x + size.width > m_width || y + size.height > height)
                return;
            put(x, m_y + y);
            rowHeight = std::max(rowHeight, size.height);
            x += size.width + m_gap;
        }
    }

    std::span<const Size> m_sizes;
    double m_gap;
    double m_width;
    double m_y = 0;
    Packing m_packing;
};

} // namespace

std::vector<Point> pack(std::span<const Size> sizes, double gap)
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
        Packing packing = Packer(sizes, gap, width).take();
        if (found.corners.empty() || packing.scale() > found.scale())
            found = std::move(packing);
    }
    return std::move(found.corners);
}

} // namespace blockscope::layout
