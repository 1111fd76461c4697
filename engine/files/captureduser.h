// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// Who is behind a BlockBackend of a capture: a guest device, an export, a job
/// or nobody known.
///
/// Thread: any.

#include "engine/files/replies.h"
#include "engine/world/user.h"

#include <unordered_map>

namespace blockscope {

/// What query-block and query-block-exports tell of backends.
class CapturedUsers
{
public:
    CapturedUsers(Reply &block, Reply &exports, Failure &failure);

    /// The user behind the backend that x-debug-query-block-graph calls \a name; \a number is its id there and
    /// \a root the node-name it uses, if any. An export is handed out once.
    [[nodiscard]] User identify(const std::string &name, std::uint64_t number, const std::string &root);

private:
    struct Device
    {
        std::string backendName;
        std::string qdev;
        bool isRemovable = false;
        bool isTrayOpen = false;
        Object extra;
    };
    struct Export
    {
        std::string id;
        std::string node;
        std::string type;
        Object extra;
    };

    [[nodiscard]] User identifyExport(std::uint64_t number, const std::string &root);

    std::vector<Device> m_devices;
    std::unordered_map<std::string, std::size_t> m_byName; ///< backend name and QOM path
    std::vector<Export> m_exports;
    std::unordered_map<std::string, std::vector<std::size_t>>
        m_exportsOf; ///< those to hand out, last first, by node-name
};

} // namespace blockscope
