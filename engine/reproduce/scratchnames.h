// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// What nodes, devices and files are called in the scratch folder of a reproduction. Names in a file are anybody's
/// input: node-names that QEMU takes are kept, every other name, and the name of every file, is one of our own, which
/// consists of letters, digits, '-', '.' and '_', has no folder in it, and begins with a digit or a letter.

#include "engine/world/world.h"

#include <map>
#include <string>

namespace blockscope {

class ScratchNames
{
public:
    explicit ScratchNames(const World &world);

    [[nodiscard]] const std::string &node(NodeId node) const { return m_nodes.at(node); }
    [[nodiscard]] const std::string &user(UserId user) const { return m_users.at(user); }
    /// \a name as an argument of a command: the new name of a node or a device whose name is not kept, else itself.
    [[nodiscard]] std::string argument(const std::string &name) const;
    /// Our name of the image \a filename; always the same for the same file.
    [[nodiscard]] std::string image(const std::string &filename);
    /// As image(), with \a node in the name for who reads it.
    std::string image(const std::string &filename, const std::string &node);
    /// Our name of the socket \a address, by its text.
    [[nodiscard]] std::string socket(const std::string &address);

private:
    std::map<NodeId, std::string> m_nodes;
    std::map<UserId, std::string> m_users;
    std::map<std::string, std::string, std::less<>> m_renamed;
    std::map<std::string, std::string, std::less<>> m_images;
    std::map<std::string, std::string, std::less<>> m_sockets;
};

} // namespace blockscope
