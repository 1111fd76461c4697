// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// Block graphs of any size as layout requests, the same each time. Every image is two boxes, a format node and a
/// protocol leaf beside it; sizes are those of the picture.
///
/// disks   separate disks, each a chain of five images under a device
/// mixed   one chain of 100 images, then disks of 1 to 8 images, templates with 4, 8 or 16 clones, and on every
///         third disk a job that holds its top, its middle and its base
/// onebase clones of two images each over one template: a single component

#include "views/layout/layoutrequest.h"

#include <cstddef>
#include <random>
#include <utility>
#include <vector>

namespace blockscope::bench {

class GraphMaker
{
public:
    explicit GraphMaker(std::size_t boxes) : m_wanted(boxes) {}

    [[nodiscard]] bool isFull() const { return m_request.boxes.size() >= m_wanted; }
    [[nodiscard]] layout::Request take() { return std::move(m_request); }

    std::uint32_t user() { return box(176, 40, false); }
    std::uint32_t image()
    {
        const std::uint32_t format = box(256, 120, false);
        link(format, box(144, 48, true), false);
        return format;
    }
    void link(std::uint32_t parent, std::uint32_t child, bool chain)
    {
        const auto id = static_cast<std::uint32_t>(m_request.links.size() + 1);
        m_request.links.push_back({id, parent, child, chain});
    }
    /// Its images from the top.
    std::vector<std::uint32_t> chain(std::size_t images)
    {
        std::vector<std::uint32_t> made;
        for (std::size_t index = 0; index < images; ++index) {
            made.push_back(image());
            if (index > 0)
                link(made[index - 1], made[index], true);
        }
        return made;
    }
    std::vector<std::uint32_t> disk(std::size_t images)
    {
        const std::uint32_t device = user();
        std::vector<std::uint32_t> made = chain(images);
        link(device, made.front(), false);
        return made;
    }
    void job(const std::vector<std::uint32_t> &images)
    {
        const std::uint32_t holder = user();
        link(holder, images.front(), false);
        if (images.size() > 2)
            link(holder, images[images.size() / 2], false);
        if (images.size() > 1)
            link(holder, images.back(), false);
    }
    void clones(std::size_t count, std::size_t images)
    {
        const std::uint32_t base = image();
        for (std::size_t clone = 0; clone < count && !isFull(); ++clone)
            link(disk(images).back(), base, true);
    }

private:
    std::uint32_t box(double width, double height, bool folded)
    {
        const auto id = static_cast<std::uint32_t>(m_request.boxes.size() + 1);
        m_request.boxes.push_back({id, width, height, folded});
        return id;
    }

    std::size_t m_wanted;
    layout::Request m_request;
};

inline layout::Request disks(std::size_t boxes)
{
    GraphMaker maker(boxes);
    while (!maker.isFull())
        maker.disk(5);
    return maker.take();
}

inline layout::Request onebase(std::size_t boxes)
{
    GraphMaker maker(boxes);
    maker.clones(boxes / 5, 2);
    return maker.take();
}

inline layout::Request mixed(std::size_t boxes)
{
    std::mt19937 random(1); // mt19937 gives the same numbers everywhere, the distributions do not
    GraphMaker maker(boxes);
    maker.disk(boxes >= 500 ? 100 : boxes / 8 + 1);
    for (std::size_t index = 0; !maker.isFull(); ++index) {
        if (random() % 5 == 0) {
            maker.clones(std::size_t{4} << (random() % 3), 1 + random() % 2);
            continue;
        }
        const std::vector<std::uint32_t> images = maker.disk(1 + random() % 8);
        if (index % 3 == 0)
            maker.job(images);
    }
    return maker.take();
}

} // namespace blockscope::bench
