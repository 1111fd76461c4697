// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "engine/files/names.h"

#include <algorithm>
#include <array>

namespace blockscope {

namespace {

constexpr std::array<std::string_view, 4> kPermissions{"consistent-read", "write", "write-unchanged", "resize"};
constexpr std::uint32_t kSeveral = NodeId::kNone;

} // namespace

bool NameTable::add(const std::string &name, std::uint32_t id)
{
    const auto [entry, isNew] = m_ids.try_emplace(name, id);
    if (!isNew)
        entry->second = kSeveral;
    return isNew;
}

std::optional<std::uint32_t> NameTable::find(const std::string &name) const
{
    const auto found = m_ids.find(name);
    return found == m_ids.end() || found->second == kSeveral ? std::nullopt : std::optional(found->second);
}

Value NameTable::reference(const std::string &name, std::uint32_t id) const
{
    return find(name) == id ? Value(name) : Value(static_cast<std::int64_t>(id));
}

std::uint32_t NameTable::resolve(const Value &reference, std::size_t count, const char *what, const Place &place,
                                 Failure &failure) const
{
    if (const auto *name = reference.asString()) {
        if (const auto id = find(*name))
            return *id;
        failure.report("FILE-REFERENCE", place,
                       m_ids.contains(*name)
                           ? "there is more than one " + std::string(what) + " “" + *name + "”; use its number"
                           : "there is no " + std::string(what) + " “" + *name + "”");
    } else if (const auto *number = reference.asInteger()) {
        if (*number >= 0 && static_cast<std::uint64_t>(*number) < count)
            return static_cast<std::uint32_t>(*number);
        failure.report("FILE-REFERENCE", place,
                       "there is no " + std::string(what) + " number " + std::to_string(*number));
    } else {
        failure.report("FILE-KIND", place,
                       std::string("the name of a ") + what + " is expected here, not " + kindOf(reference));
    }
    return 0;
}

std::string actionsToText(ActionSet actions)
{
    std::string text;
    for (Action action : kActions) {
        if (actions.contains(action))
            text += (text.empty() ? "" : " ") + std::string(letters(action));
    }
    return text;
}

std::optional<ActionSet> actionsFromText(std::string_view text)
{
    ActionSet actions;
    while (!text.empty()) {
        const std::string_view word = text.substr(0, text.find(' '));
        const auto known = std::find(kActionLetters.begin(), kActionLetters.end(), word);
        if (known == kActionLetters.end())
            return std::nullopt;
        actions.insert(kActions[static_cast<std::size_t>(known - kActionLetters.begin())]);
        text.remove_prefix(std::min(word.size() + 1, text.size()));
    }
    return actions;
}

Value permissionsToJson(PermissionSet permissions)
{
    Value::List list;
    for (std::size_t bit = 0; bit < kPermissions.size(); ++bit) {
        if ((static_cast<unsigned>(permissions) >> bit & 1U) != 0)
            list.emplace_back(std::string(kPermissions[bit]));
    }
    return list;
}

PermissionSet permissionFromText(std::string_view name)
{
    const auto found = std::find(kPermissions.begin(), kPermissions.end(), name);
    return found == kPermissions.end() ? PermissionSet{0} : 1U << (found - kPermissions.begin());
}

} // namespace blockscope
