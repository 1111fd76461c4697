// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// A JSON-like value without a JSON library: the arguments of a QMP command as
/// they were written, and the keys of a file that we keep without knowing
/// them. Objects are sorted by key, so that what is written is stable.

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace blockscope {

class Value
{
public:
    using List = std::vector<Value>;
    using Object = std::map<std::string, Value, std::less<>>;

    Value() = default;
    Value(bool value) : m_data(value) {}
    Value(std::int64_t value) : m_data(value) {}
    Value(double value) : m_data(value) {}
    Value(std::string value) : m_data(std::move(value)) {}
    Value(const char *value) : m_data(std::string(value)) {}
    Value(List value) : m_data(std::move(value)) {}
    Value(Object value) : m_data(std::move(value)) {}

    [[nodiscard]] bool isNull() const { return std::holds_alternative<std::monostate>(m_data); }
    /// Null when the value is of another kind.
    [[nodiscard]] const bool *asBool() const { return std::get_if<bool>(&m_data); }
    [[nodiscard]] const std::int64_t *asInteger() const { return std::get_if<std::int64_t>(&m_data); }
    [[nodiscard]] const double *asDouble() const { return std::get_if<double>(&m_data); }
    [[nodiscard]] const std::string *asString() const { return std::get_if<std::string>(&m_data); }
    [[nodiscard]] const List *asList() const { return std::get_if<List>(&m_data); }
    [[nodiscard]] const Object *asObject() const { return std::get_if<Object>(&m_data); }
    /// The same, to change or move from.
    [[nodiscard]] std::string *asString() { return std::get_if<std::string>(&m_data); }
    [[nodiscard]] List *asList() { return std::get_if<List>(&m_data); }
    [[nodiscard]] Object *asObject() { return std::get_if<Object>(&m_data); }

    friend bool operator==(const Value &, const Value &) = default;

private:
    std::variant<std::monostate, bool, std::int64_t, double, std::string, List, Object> m_data;
};

using Object = Value::Object;

/// The member \a key of \a object, or null.
[[nodiscard]] inline const Value *find(const Object &object, std::string_view key)
{
    auto found = object.find(key);
    return found == object.end() ? nullptr : &found->second;
}

/// The string member \a key of \a object, or null when absent or no string.
[[nodiscard]] inline const std::string *findString(const Object &object, std::string_view key)
{
    const Value *value = find(object, key);
    return value != nullptr ? value->asString() : nullptr;
}

} // namespace blockscope
