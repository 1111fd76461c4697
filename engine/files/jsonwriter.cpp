// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "engine/files/jsonwriter.h"

#include <array>
#include <charconv>
#include <cmath>
#include <string_view>

namespace blockscope {

namespace {

constexpr std::size_t kLineWidth = 110;

void writeString(std::string &out, std::string_view text)
{
    static constexpr std::string_view kHex = "0123456789abcdef";
    static constexpr std::string_view kShort = "\b\f\n\r\t";
    static constexpr std::string_view kNames = "bfnrt";
    out.push_back('"');
    for (char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\') {
            out.push_back('\\');
            out.push_back(c);
        } else if (byte >= 0x20) {
            out.push_back(c);
        } else if (const auto name = kShort.find(c); name != std::string_view::npos) {
            out.push_back('\\');
            out.push_back(kNames[name]);
        } else {
            out += "\\u00";
            out.push_back(kHex[byte >> 4]);
            out.push_back(kHex[byte & 0xfU]);
        }
    }
    out.push_back('"');
}

void writeDouble(std::string &out, double number)
{
    if (!std::isfinite(number)) {
        out += "null";
        return;
    }
    std::array<char, 32> digits{};
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
    const std::string_view text(digits.data(), static_cast<std::size_t>(end - digits.data()));
    out += text;
    // Otherwise it would be read back as a whole number.
    if (text.find_first_of(".e") == std::string_view::npos)
        out += ".0";
}

/// Writes compactly, unless the line would get longer than \a limit: false then, with rubbish at the end of \a out.
bool writeFlat(std::string &out, const Value &value, std::size_t limit)
{
    if (const auto *object = value.asObject()) {
        std::string_view separator = "{";
        for (const auto &[key, member] : *object) {
            out += separator;
            writeString(out, key);
            out += ": ";
            if (out.size() > limit || !writeFlat(out, member, limit))
                return false;
            separator = ", ";
        }
        out += object->empty() ? "{}" : "}";
    } else if (const auto *list = value.asList()) {
        std::string_view separator = "[";
        for (const Value &item : *list) {
            out += separator;
            if (out.size() > limit || !writeFlat(out, item, limit))
                return false;
            separator = ", ";
        }
        out += list->empty() ? "[]" : "]";
    } else if (const auto *text = value.asString()) {
        writeString(out, *text);
    } else if (const auto *whole = value.asInteger()) {
        out += std::to_string(*whole);
    } else if (const auto *number = value.asDouble()) {
        writeDouble(out, *number);
    } else if (const auto *flag = value.asBool()) {
        out += *flag ? "true" : "false";
    } else {
        out += "null";
    }
    return out.size() <= limit;
}

/// \a used is the width taken on the line already.
void writeNested(std::string &out, const Value &value, std::size_t indent, std::size_t used)
{
    const auto *object = value.asObject();
    const auto *list = value.asList();
    const std::size_t start = out.size();
    const std::size_t room = used < kLineWidth ? kLineWidth - used : 0;
    const bool isScalar = object == nullptr && list == nullptr;
    const bool isBroken = indent == 0 && object != nullptr && !object->empty(); // a file is never one line
    if (!isBroken && writeFlat(out, value, isScalar ? std::string::npos : start + room))
        return;
    out.resize(start);
    const std::string margin(indent + 2, ' ');
    std::string_view separator = "\n";
    if (object != nullptr) {
        out.push_back('{');
        for (const auto &[key, member] : *object) {
            out += separator;
            out += margin;
            const std::size_t line = out.size();
            writeString(out, key);
            out += ": ";
            writeNested(out, member, indent + 2, indent + 2 + out.size() - line);
            separator = ",\n";
        }
    } else {
        out.push_back('[');
        for (const Value &item : *list) {
            out += separator;
            out += margin;
            writeNested(out, item, indent + 2, indent + 2);
            separator = ",\n";
        }
    }
    out.push_back('\n');
    out.append(indent, ' ');
    out.push_back(object != nullptr ? '}' : ']');
}

} // namespace

std::string writeJson(const Value &value)
{
    std::string out;
    writeNested(out, value, 0, 0);
    out.push_back('\n');
    return out;
}

std::string writeJsonLine(const Value &value)
{
    std::string out;
    writeFlat(out, value, std::string::npos);
    return out;
}

} // namespace blockscope
