// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "engine/files/objectreader.h"

namespace blockscope {

namespace {

std::string notA(const char *wanted, const Value &value)
{
    return std::string(wanted) + " is expected here, not " + kindOf(value);
}

} // namespace

const char *kindOf(const Value &value)
{
    if (value.asObject() != nullptr)
        return "an object";
    if (value.asList() != nullptr)
        return "a list";
    if (value.asString() != nullptr)
        return "text";
    if (value.asBool() != nullptr)
        return "true or false";
    if (value.asInteger() != nullptr)
        return "a whole number";
    return value.isNull() ? "null" : "a number";
}

ObjectReader::ObjectReader(Value &value, const Place &place, Failure &failure)
    : m_object(value.asObject()), m_place(place), m_failure(failure)
{
    if (m_object != nullptr)
        return;
    m_failure.report("FILE-KIND", place, notA("an object", value));
    m_object = &m_none;
}

Value ObjectReader::take(std::string_view key)
{
    const auto found = m_object->find(key);
    if (found == m_object->end())
        return {};
    Value value = std::move(found->second);
    m_object->erase(found);
    return value;
}

std::string ObjectReader::text(std::string_view key, std::string otherwise)
{
    if (!has(key))
        return otherwise;
    Value value = take(key);
    if (auto *text = value.asString())
        return std::move(*text);
    fail("FILE-KIND", key, notA("text", value));
    return otherwise;
}

std::string ObjectReader::name(std::string_view key)
{
    if (!has(key)) {
        m_failure.report("FILE-MISSING", m_place, "“" + std::string(key) + "” is missing");
        return {};
    }
    std::string name = text(key);
    if (name.empty())
        fail("FILE-RANGE", key, "this must not be empty");
    return name;
}

bool ObjectReader::flag(std::string_view key, bool otherwise)
{
    if (!has(key))
        return otherwise;
    const Value value = take(key);
    if (const auto *flag = value.asBool())
        return *flag;
    fail("FILE-KIND", key, notA("true or false", value));
    return otherwise;
}

std::uint64_t ObjectReader::number(std::string_view key, std::uint64_t otherwise, std::uint64_t most)
{
    if (!has(key))
        return otherwise;
    const Value value = take(key);
    const auto *number = value.asInteger();
    if (number == nullptr) {
        fail("FILE-KIND", key, notA("a whole number", value));
        return otherwise;
    }
    if (*number >= 0 && static_cast<std::uint64_t>(*number) <= most)
        return static_cast<std::uint64_t>(*number);
    fail("FILE-RANGE", key, "a number from 0 to " + std::to_string(most) + " is expected here");
    return otherwise;
}

std::uint32_t ObjectReader::count(std::string_view key, std::uint32_t otherwise, std::uint32_t most)
{
    return static_cast<std::uint32_t>(number(key, otherwise, most));
}

Value::List ObjectReader::list(std::string_view key, std::size_t most)
{
    if (!has(key))
        return {};
    Value value = take(key);
    auto *list = value.asList();
    if (list == nullptr) {
        fail("FILE-KIND", key, notA("a list", value));
        return {};
    }
    if (list->size() > most) {
        fail("FILE-LIMIT", key,
             "this has " + std::to_string(list->size()) + " items; more than " + std::to_string(most) +
                 " are not read");
        return {};
    }
    return std::move(*list);
}

Object ObjectReader::object(std::string_view key)
{
    if (!has(key))
        return {};
    Value value = take(key);
    if (auto *object = value.asObject())
        return std::move(*object);
    fail("FILE-KIND", key, notA("an object", value));
    return {};
}

void ObjectReader::expectNothingElse()
{
    if (!m_object->empty())
        fail("FILE-KEY", m_object->begin()->first, "there is no such key here");
}

} // namespace blockscope
