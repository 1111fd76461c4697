// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "engine/files/clustertext.h"

#include <charconv>

namespace blockscope {

namespace {

constexpr std::string_view kStates = "-0x";
constexpr std::string_view kKinds = "nujo";

/// The stamps of a cell that says nothing of them.
Stamp defaultValue(Cluster::State state, NodeId node)
{
    return state == Cluster::State::Data ? Stamp{Stamp::Kind::Image, node.value, 0} : Stamp();
}

Stamp defaultWriter(Cluster::State state, NodeId node, const Stamp &value)
{
    if (state == Cluster::State::Zero)
        return {Stamp::Kind::Image, node.value, 0};
    return state == Cluster::State::Data ? value : Stamp();
}

void appendStamp(std::string &text, const Stamp &stamp)
{
    text += kKinds[static_cast<std::size_t>(stamp.kind)];
    text += stamp.id == NodeId::kNone ? "?" : std::to_string(stamp.id);
    if (stamp.tick != 0)
        text += '@' + std::to_string(stamp.tick);
}

/// Calls \a add(count, cell) for each run until it returns something wrong.
template <class Add>
std::optional<std::string> forEachRun(std::string_view text, Add add)
{
    std::size_t total = 0;
    for (std::size_t at = 0; at < text.size();) {
        if (text[at] == ' ') {
            ++at;
            continue;
        }
        const std::size_t end = std::min(text.find(' ', at), text.size());
        std::string_view cell = text.substr(at, end - at);
        at = end;
        std::size_t count = 1;
        if (const auto star = cell.find('*'); star != std::string_view::npos) {
            const auto parsed = std::from_chars(cell.data(), cell.data() + star, count);
            if (parsed.ec != std::errc() || parsed.ptr != cell.data() + star || count == 0)
                return "“" + std::string(cell) + "” does not begin with a number of clusters";
            cell.remove_prefix(star + 1);
        }
        if (count > kMaximumClusters || total + count > kMaximumClusters)
            return "this has more than " + std::to_string(kMaximumClusters) + " clusters";
        total += count;
        if (auto wrong = add(count, cell))
            return wrong;
    }
    return std::nullopt;
}

/// Reads numbers, letters and signs off the front of a cell.
class CellReader
{
public:
    CellReader(std::string_view text, const IdCounts &ids) : m_text(text), m_ids(ids) {}

    bool accept(char c)
    {
        if (m_text.empty() || m_text.front() != c)
            return false;
        m_text.remove_prefix(1);
        return true;
    }
    [[nodiscard]] bool isAtEnd() const { return m_text.empty(); }

    bool state(Cluster::State &state)
    {
        const std::size_t found = m_text.empty() ? std::string_view::npos : kStates.find(m_text.front());
        if (found == std::string_view::npos)
            return false;
        state = static_cast<Cluster::State>(found);
        m_text.remove_prefix(1);
        return true;
    }

    bool stamp(Stamp &stamp)
    {
        const std::size_t kind = m_text.empty() ? std::string_view::npos : kKinds.find(m_text.front());
        if (kind == std::string_view::npos)
            return false;
        m_text.remove_prefix(1);
        stamp.kind = static_cast<Stamp::Kind>(kind);
        stamp.id = NodeId::kNone;
        stamp.tick = 0;
        const std::size_t counts[] = {m_ids.nodes, m_ids.users, m_ids.jobs, 1};
        if (!accept('?') && (!number(stamp.id) || stamp.id >= counts[kind]))
            return false;
        return !accept('@') || number(stamp.tick);
    }

private:
    template <class T>
    bool number(T &value)
    {
        const auto parsed = std::from_chars(m_text.data(), m_text.data() + m_text.size(), value);
        if (parsed.ec != std::errc())
            return false;
        m_text.remove_prefix(static_cast<std::size_t>(parsed.ptr - m_text.data()));
        return true;
    }

    std::string_view m_text;
    const IdCounts &m_ids;
};

bool readCell(std::string_view text, NodeId node, const IdCounts &ids, Cluster &cluster)
{
    CellReader reader(text, ids);
    if (!reader.state(cluster.state))
        return false;
    cluster.value = defaultValue(cluster.state, node);
    if (reader.accept('=') && !reader.stamp(cluster.value))
        return false;
    cluster.written = defaultWriter(cluster.state, node, cluster.value);
    if (reader.accept('>') && !reader.stamp(cluster.written))
        return false;
    return reader.isAtEnd();
}

void appendRun(std::string &text, std::size_t count, const std::string &cell)
{
    if (!text.empty())
        text += ' ';
    if (count > 1)
        text += std::to_string(count) + '*';
    text += cell;
}

} // namespace

std::string clusterToText(const Cluster &cluster, NodeId node)
{
    std::string text(1, kStates[static_cast<std::size_t>(cluster.state)]);
    if (cluster.value != defaultValue(cluster.state, node)) {
        text += '=';
        appendStamp(text, cluster.value);
    }
    if (cluster.written != defaultWriter(cluster.state, node, cluster.value)) {
        text += '>';
        appendStamp(text, cluster.written);
    }
    return text;
}

std::string clustersToText(const BlockData &data, NodeId node)
{
    std::string text;
    for (std::size_t begin = 0; begin < data.size();) {
        std::size_t end = begin + 1;
        while (end < data.size() && data[end] == data[begin])
            ++end;
        appendRun(text, end - begin, clusterToText(data[begin], node));
        begin = end;
    }
    return text;
}

std::optional<std::string> clustersFromText(std::string_view text, NodeId node, const IdCounts &ids, BlockData &data)
{
    return forEachRun(text, [&](std::size_t count, std::string_view cell) -> std::optional<std::string> {
        Cluster cluster;
        if (!readCell(cell, node, ids, cluster))
            return "“" + std::string(cell) +
                   "” is no cluster: -, 0 or x, then =origin and >writer if need be, such as x=n0>j1@7";
        data.insert(data.end(), count, cluster);
        return std::nullopt;
    });
}

std::string bitsToText(const std::vector<bool> &bits)
{
    std::string text;
    for (std::size_t begin = 0; begin < bits.size();) {
        std::size_t end = begin + 1;
        while (end < bits.size() && bits[end] == bits[begin])
            ++end;
        appendRun(text, end - begin, bits[begin] ? "1" : "0");
        begin = end;
    }
    return text;
}

std::optional<std::string> bitsFromText(std::string_view text, std::vector<bool> &bits)
{
    return forEachRun(text, [&](std::size_t count, std::string_view cell) -> std::optional<std::string> {
        if (cell != "0" && cell != "1")
            return "“" + std::string(cell) + "” is neither 0 nor 1";
        bits.insert(bits.end(), count, cell == "1");
        return std::nullopt;
    });
}

} // namespace blockscope
