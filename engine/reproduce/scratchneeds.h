// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <vector>

namespace blockscope {

/// Bytes a second at which a job stays where it is; every copy makes one step at least.
inline constexpr std::int64_t kSlowSpeed = 1;

/// What has to be there before the commands are sent.
struct ScratchNeeds
{
    struct Image
    {
        std::string name; ///< ScratchNames::image()
        std::string format;
    };

    std::vector<Image> images;            ///< files that a command opens, and that are none of the graph's
    std::set<std::string> throttleGroups; ///< objects
    std::set<std::string> iothreads;      ///< objects
    std::set<std::string> kept;           ///< jobs that somebody wants to see concluded
    std::size_t ports = 0;                ///< PCI Express ports, for devices that are plugged in
    bool hasUsb = false;
};

} // namespace blockscope
