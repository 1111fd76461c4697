// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// Takes the members out of a JSON object one by one, checking their kinds;
/// what is left in the end are the unknown keys. A missing member gives the
/// default. The first failure is kept, later ones are dropped, and reading goes
/// on with defaults, so that a reader asks once, at its end.
///
/// Error codes: FILE-KIND (wrong kind), FILE-RANGE (number out of range),
/// FILE-MISSING. Thread: one at a time.

#include "engine/base/result.h"
#include "engine/base/value.h"
#include "engine/files/place.h"

#include <limits>
#include <optional>

namespace blockscope {

/// The first failure of a whole file.
class Failure
{
public:
    void report(const char *code, const Place &place, std::string what)
    {
        if (!m_error)
            m_error = Error{code, place.text(), std::move(what)};
    }
    [[nodiscard]] const std::optional<Error> &error() const { return m_error; }
    explicit operator bool() const { return m_error.has_value(); }

private:
    std::optional<Error> m_error;
};

class ObjectReader
{
public:
    /// Larger whole numbers are no longer whole in our JSON.
    static constexpr std::uint64_t kMostNumber = std::numeric_limits<std::int64_t>::max();

    /// A \a value that is no object is a failure, and read as an empty one.
    /// Ownership: all three must outlive the reader; \a value is emptied.
    ObjectReader(Value &value, const Place &place, Failure &failure);

    [[nodiscard]] bool has(std::string_view key) const { return m_object->contains(key); }
    /// True when there is such a member and it is this text.
    [[nodiscard]] bool isText(std::string_view key, std::string_view text) const
    {
        const std::string *found = findString(*m_object, key);
        return found != nullptr && *found == text;
    }
    [[nodiscard]] Place place(std::string_view key) const { return m_place.at(key); }
    void fail(const char *code, std::string_view key, std::string what)
    {
        m_failure.report(code, m_place.at(key), std::move(what));
    }

    /// Null when there is none.
    [[nodiscard]] Value take(std::string_view key);
    [[nodiscard]] std::string text(std::string_view key, std::string otherwise = {});
    /// A text that must be there and must not be empty.
    [[nodiscard]] std::string name(std::string_view key);
    [[nodiscard]] bool flag(std::string_view key, bool otherwise);
    [[nodiscard]] std::uint64_t number(std::string_view key, std::uint64_t otherwise, std::uint64_t most = kMostNumber);
    [[nodiscard]] std::uint32_t count(std::string_view key, std::uint32_t otherwise, std::uint32_t most);
    /// A list of at most \a most items.
    [[nodiscard]] Value::List list(std::string_view key, std::size_t most);
    [[nodiscard]] Object object(std::string_view key);
    /// What was not taken.
    [[nodiscard]] Object rest() { return std::move(*m_object); }
    /// For objects that cannot keep unknown keys: one is a failure.
    void expectNothingElse();

private:
    Object m_none;
    Object *m_object;
    const Place &m_place;
    Failure &m_failure;
};

/// "a number", "text" ...: what a value is, in an error.
[[nodiscard]] const char *kindOf(const Value &value);

} // namespace blockscope
