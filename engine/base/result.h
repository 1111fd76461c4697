// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// Bad input is a value. A Result holds either what was asked for or an Error
/// that says where and what; nothing half-read escapes. (A refusal by a policy
/// is not an Error but a Verdict; a broken promise inside is an assert.)

#include <cassert>
#include <string>
#include <utility>
#include <variant>

namespace blockscope {

/// What is wrong with an input.
struct Error
{
    /// Stable, documented, e.g. "ARG-NODE", "FILE-JSON".
    std::string code;
    /// The place: an argument's name, a JSON path, "line 3, column 7".
    std::string where;
    /// The cause, in QEMU's wording where QEMU has one; English.
    std::string what;

    friend bool operator==(const Error &, const Error &) = default;
};

template <class T>
class [[nodiscard]] Result
{
public:
    Result(T value) : m_content(std::in_place_index<0>, std::move(value)) {}
    Result(Error error) : m_content(std::in_place_index<1>, std::move(error)) {}

    [[nodiscard]] bool hasValue() const { return m_content.index() == 0; }
    explicit operator bool() const { return hasValue(); }

    /// REQUIRES: hasValue().
    [[nodiscard]] const T &value() const
    {
        assert(hasValue());
        return *std::get_if<0>(&m_content);
    }
    [[nodiscard]] T &value()
    {
        assert(hasValue());
        return *std::get_if<0>(&m_content);
    }
    const T &operator*() const { return value(); }
    T &operator*() { return value(); }
    const T *operator->() const { return &value(); }
    T *operator->() { return &value(); }

    /// REQUIRES: !hasValue().
    [[nodiscard]] const Error &error() const
    {
        assert(!hasValue());
        return *std::get_if<1>(&m_content);
    }

private:
    std::variant<T, Error> m_content;
};

} // namespace blockscope
