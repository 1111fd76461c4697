// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// How a file refers to nodes, users and jobs: by name where the name says
/// which one is meant, else by its place in the file's list, which is its id.
/// And the words for sets: actions as "RV RM", permissions as QMP's list.
///
/// Thread: any.

#include "engine/files/objectreader.h"
#include "engine/world/world.h"

#include <unordered_map>

namespace blockscope {

/// For nodes only the open ones have names; users and jobs are named when no other has that name.
class NameTable
{
public:
    /// A second \a name makes it mean none of them. Returns false then.
    bool add(const std::string &name, std::uint32_t id);
    [[nodiscard]] std::optional<std::uint32_t> find(const std::string &name) const;
    /// The name of \a id if it alone means it, else the number.
    [[nodiscard]] Value reference(const std::string &name, std::uint32_t id) const;
    /// What a reference means; \a count is the number of ids, \a what as in "there is no node “x”".
    [[nodiscard]] std::uint32_t resolve(const Value &reference, std::size_t count, const char *what, const Place &place,
                                        Failure &failure) const;

private:
    std::unordered_map<std::string, std::uint32_t> m_ids; // Id::kNone: more than one
};

[[nodiscard]] std::string actionsToText(ActionSet actions);
[[nodiscard]] std::optional<ActionSet> actionsFromText(std::string_view text);

[[nodiscard]] Value permissionsToJson(PermissionSet permissions);
/// Bit of a permission by QMP's name; 0 when there is none of that name.
[[nodiscard]] PermissionSet permissionFromText(std::string_view name);

} // namespace blockscope
