// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "engine/reproduce/scratchnames.h"

#include "engine/operations/arguments.h"

#include <algorithm>
#include <set>

namespace blockscope {

namespace {

/// QEMU keeps a node-name in 32 bytes.
constexpr std::size_t kLongestNodeName = 31;
constexpr std::size_t kLongestPart = 40;

bool isPlain(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
}

/// Whether QEMU takes \a name for a node.
bool isAcceptable(const std::string &name)
{
    return isWellFormedId(name) && name.size() <= kLongestNodeName;
}

std::string plainPart(const std::string &name)
{
    std::string part;
    std::copy_if(name.begin(), name.end(), std::back_inserter(part), isPlain);
    return part.substr(0, kLongestPart);
}

std::string freeName(const std::string &stem, std::uint32_t number, std::set<std::string> &taken)
{
    std::string name = stem + std::to_string(number);
    while (!taken.insert(name).second)
        name += '_';
    return name;
}

} // namespace

ScratchNames::ScratchNames(const World &world)
{
    std::set<std::string> taken;
    const auto isKept = [&](const std::string &name) { return isAcceptable(name) && taken.insert(name).second; };
    std::vector<NodeId> others;
    for (std::uint32_t id = 0; id < world.graph.nodeCount(); ++id) {
        const Node &node = world.node(NodeId{id});
        if (node.isOpen && isKept(node.name))
            m_nodes[node.id] = node.name;
        else
            others.push_back(node.id);
    }
    for (NodeId id : others) {
        m_nodes[id] = freeName("node", id.value, taken);
        const std::string &name = world.node(id).name;
        if (world.node(id).isOpen && !name.empty() && !isAcceptable(name))
            m_renamed.try_emplace(name, m_nodes[id]);
    }
    taken.clear(); // devices have names of their own
    for (const auto &user : world.users) {
        const bool isDevice = user->isAttached && !user->job; // the BlockBackend of a job is called as the job
        const bool keeps = isDevice && isKept(user->name);
        m_users[user->id] = keeps ? user->name : freeName("device", user->id.value, taken);
        if (isDevice && !user->name.empty() && !isAcceptable(user->name))
            m_renamed.try_emplace(user->name, m_users[user->id]);
    }
}

std::string ScratchNames::argument(const std::string &name) const
{
    const auto found = m_renamed.find(name);
    return found == m_renamed.end() ? name : found->second;
}

std::string ScratchNames::image(const std::string &filename)
{
    return image(filename, filename.substr(filename.rfind('/') + 1));
}

std::string ScratchNames::image(const std::string &filename, const std::string &node)
{
    const auto found = m_images.find(filename);
    if (found != m_images.end())
        return found->second;
    return m_images[filename] = std::to_string(m_images.size()) + "-" + plainPart(node) + ".img";
}

std::string ScratchNames::socket(const std::string &address)
{
    const auto found = m_sockets.find(address);
    if (found != m_sockets.end())
        return found->second;
    return m_sockets[address] = "socket" + std::to_string(m_sockets.size());
}

} // namespace blockscope
