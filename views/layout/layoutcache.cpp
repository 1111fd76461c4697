// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT

#include "views/layout/layoutcache.h"

#include <bit>

namespace blockscope::layout {
namespace {

constexpr std::uint64_t kCallsKept = 16; // an undo or two, a policy tried and dropped

class Mixer
{
public:
    void add(std::uint64_t value)
    {
        m_state = (m_state ^ value) * 0x9E3779B97F4A7C15U;
        m_state ^= m_state >> 32U;
    }
    void add(double value) { add(std::bit_cast<std::uint64_t>(value)); }
    [[nodiscard]] std::size_t value() const { return m_state; }

private:
    std::uint64_t m_state = 0;
};

} // namespace

std::size_t LayoutCache::Hash::operator()(const Shape &shape) const noexcept
{
    Mixer mixer;
    mixer.add(shape.nodes.size());
    for (const ShapeNode &node : shape.nodes) {
        mixer.add(node.left);
        mixer.add(node.right);
        mixer.add(node.height);
    }
    for (const ShapeLink &link : shape.links) {
        mixer.add((std::uint64_t{link.upper} << 32U) | link.lower);
        mixer.add(std::uint64_t{link.chain});
    }
    return mixer.value();
}

const Drawing *LayoutCache::find(const Shape &shape)
{
    const auto found = m_entries.find(shape);
    if (found == m_entries.end())
        return nullptr;
    found->second.lastUse = m_call;
    return &found->second.drawing;
}

const Drawing &LayoutCache::insert(const Shape &shape, Drawing drawing)
{
    return m_entries.insert_or_assign(shape, Entry{std::move(drawing), m_call}).first->second.drawing;
}

void LayoutCache::nextCall()
{
    ++m_call;
    std::erase_if(m_entries, [this](const auto &item) { return item.second.lastUse + kCallsKept < m_call; });
}

} // namespace blockscope::layout
