// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "engine/files/jsonreader.h"

#include <algorithm>
#include <charconv>
#include <optional>

namespace blockscope {

namespace {

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

bool isContinuation(char c)
{
    return (static_cast<unsigned char>(c) & 0xc0U) == 0x80U;
}

/// Length of the UTF-8 sequence that begins \a text; 0 when it is not well-formed.
std::size_t sequenceLength(std::string_view text)
{
    const auto byte = [&](std::size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U; };
    const auto follows = [&](std::size_t count) {
        return text.size() > count &&
               std::all_of(text.begin() + 1, text.begin() + 1 + static_cast<std::ptrdiff_t>(count), isContinuation);
    };
    const unsigned lead = byte(0);
    if (lead < 0x80)
        return 1;
    if (lead >= 0xc2 && lead <= 0xdf)
        return follows(1) ? 2 : 0;
    if (lead >= 0xe0 && lead <= 0xef) {
        const bool isOverlong = lead == 0xe0 && byte(1) < 0xa0;
        const bool isSurrogate = lead == 0xed && byte(1) > 0x9f;
        return follows(2) && !isOverlong && !isSurrogate ? 3 : 0;
    }
    if (lead >= 0xf0 && lead <= 0xf4) {
        const bool isOverlong = lead == 0xf0 && byte(1) < 0x90;
        const bool isTooLarge = lead == 0xf4 && byte(1) > 0x8f;
        return follows(3) && !isOverlong && !isTooLarge ? 4 : 0;
    }
    return 0;
}

void appendUtf8(std::string &text, unsigned code)
{
    const auto add = [&](unsigned byte) { text.push_back(static_cast<char>(static_cast<unsigned char>(byte))); };
    if (code < 0x80) {
        add(code);
    } else if (code < 0x800) {
        add(0xc0 | code >> 6);
        add(0x80 | (code & 0x3f));
    } else if (code < 0x10000) {
        add(0xe0 | code >> 12);
        add(0x80 | (code >> 6 & 0x3f));
        add(0x80 | (code & 0x3f));
    } else {
        add(0xf0 | code >> 18);
        add(0x80 | (code >> 12 & 0x3f));
        add(0x80 | (code >> 6 & 0x3f));
        add(0x80 | (code & 0x3f));
    }
}

/// Each function returns false after a failure; what and where stand in m_what and m_at.
class Parser
{
public:
    explicit Parser(std::string_view text) : m_text(text) {}

    Result<Value> parse()
    {
        if (m_text.starts_with("\xef\xbb\xbf"))
            m_at = 3;
        Result<Value> result{Value()};
        skipSpace();
        if (m_at == m_text.size()) {
            fail("there is no JSON value in it");
        } else if (readValue(*result, 0)) {
            skipSpace();
            if (m_at == m_text.size())
                return result;
            fail("something follows the JSON value");
        }
        return Error{"FILE-JSON", place(), m_what};
    }

    [[nodiscard]] int depth() const { return m_depth; }

private:
    bool fail(std::string what)
    {
        if (m_what.empty())
            m_what = std::move(what);
        return false;
    }

    std::string place() const
    {
        const std::string_view before = m_text.substr(0, m_at);
        const auto line = 1 + std::count(before.begin(), before.end(), '\n');
        const std::size_t start = before.rfind('\n') == std::string_view::npos ? 0 : before.rfind('\n') + 1;
        const auto column = 1 + std::count_if(before.begin() + static_cast<std::ptrdiff_t>(start), before.end(),
                                              [](char c) { return !isContinuation(c); });
        return "line " + std::to_string(line) + ", column " + std::to_string(column);
    }

    char peek() const { return m_at < m_text.size() ? m_text[m_at] : '\0'; }
    bool isAtEnd() const { return m_at >= m_text.size(); }

    bool accept(char c)
    {
        if (isAtEnd() || m_text[m_at] != c)
            return false;
        ++m_at;
        return true;
    }

    void skipSpace()
    {
        while (!isAtEnd() &&
               (m_text[m_at] == ' ' || m_text[m_at] == '\n' || m_text[m_at] == '\t' || m_text[m_at] == '\r'))
            ++m_at;
    }

    /// REQUIRES: \a value is null.
    bool readValue(Value &value, int depth)
    {
        if (isAtEnd())
            return fail("the file ends too early");
        switch (peek()) {
        case '{':
            return readObject(value, depth + 1);
        case '[':
            return readList(value, depth + 1);
        case '"': {
            std::string text;
            if (!readString(text))
                return false;
            value = Value(std::move(text));
            return true;
        }
        case 't':
            value = true;
            return readWord("true");
        case 'f':
            value = false;
            return readWord("false");
        case 'n':
            return readWord("null");
        default:
            return readNumber(value);
        }
    }

    bool readWord(std::string_view word)
    {
        if (m_text.substr(m_at, word.size()) != word)
            return fail("a value is expected here");
        m_at += word.size();
        return true;
    }

    bool goDown(int depth)
    {
        m_depth = std::max(m_depth, depth);
        return depth <= kMaximumJsonDepth || fail("it is nested too deeply");
    }

    bool readObject(Value &value, int depth)
    {
        if (!goDown(depth))
            return false;
        ++m_at;
        Object object;
        skipSpace();
        while (!accept('}')) {
            if (!object.empty() && !expectComma('}'))
                return false;
            const std::size_t keyAt = m_at;
            std::string key;
            if (peek() != '"')
                return fail(isAtEnd() ? "the file ends too early" : "a key in quotes is expected here");
            if (!readString(key))
                return false;
            skipSpace();
            if (!accept(':'))
                return fail(isAtEnd() ? "the file ends too early" : "a colon is expected here");
            skipSpace();
            const std::size_t count = object.size();
            const auto member = object.try_emplace(object.end(), std::move(key));
            if (object.size() == count) {
                m_at = keyAt;
                return fail("the key “" + member->first + "” appears twice in one object");
            }
            if (!readValue(member->second, depth))
                return false;
            skipSpace();
        }
        value = Value(std::move(object));
        return true;
    }

    bool readList(Value &value, int depth)
    {
        if (!goDown(depth))
            return false;
        ++m_at;
        Value::List list;
        skipSpace();
        while (!accept(']')) {
            if (!list.empty() && !expectComma(']'))
                return false;
            if (!readValue(list.emplace_back(), depth))
                return false;
            skipSpace();
        }
        value = Value(std::move(list));
        return true;
    }

    bool expectComma(char end)
    {
        if (!accept(','))
            return fail(isAtEnd() ? std::string("the file ends too early")
                                  : std::string("a comma or ") + end + " is expected here");
        skipSpace();
        return true;
    }

    bool readString(std::string &text)
    {
        ++m_at;
        for (;;) {
            const std::size_t start = m_at;
            while (!isAtEnd() && m_text[m_at] != '"' && m_text[m_at] != '\\' &&
                   static_cast<unsigned char>(m_text[m_at]) >= 0x20 && static_cast<unsigned char>(m_text[m_at]) < 0x80)
                ++m_at;
            text.append(m_text.substr(start, m_at - start));
            if (isAtEnd())
                return fail("a string does not end");
            const char c = m_text[m_at];
            if (c == '"') {
                ++m_at;
                return true;
            }
            if (c == '\\') {
                if (!readEscape(text))
                    return false;
            } else if (static_cast<unsigned char>(c) < 0x20) {
                return fail("a string has a control character in it");
            } else {
                const std::size_t length = sequenceLength(m_text.substr(m_at));
                if (length == 0)
                    return fail("this is not UTF-8 text");
                text.append(m_text.substr(m_at, length));
                m_at += length;
            }
        }
    }

    bool readEscape(std::string &text)
    {
        static constexpr std::string_view kNames = "\"\\/bfnrt";
        static constexpr std::string_view kMeanings = "\"\\/\b\f\n\r\t";
        if (m_at + 1 < m_text.size() && m_text[m_at + 1] == 'u')
            return readUnicode(text);
        const std::size_t name = m_at + 1 < m_text.size() ? kNames.find(m_text[m_at + 1]) : std::string_view::npos;
        if (name == std::string_view::npos)
            return fail("there is no such escape");
        text.push_back(kMeanings[name]);
        m_at += 2;
        return true;
    }

    bool readUnicode(std::string &text)
    {
        const auto high = hexAt(m_at);
        if (!high)
            return fail("\\u needs four hexadecimal digits");
        unsigned code = *high;
        std::size_t length = 6;
        if (code >= 0xd800 && code <= 0xdfff) {
            const auto low = hexAt(m_at + 6);
            if (code > 0xdbff || !low || *low < 0xdc00 || *low > 0xdfff)
                return fail("half of a surrogate pair stands alone");
            code = 0x10000 + ((code - 0xd800) << 10) + (*low - 0xdc00);
            length = 12;
        }
        appendUtf8(text, code);
        m_at += length;
        return true;
    }

    /// The number of "\uXXXX" at \a at.
    std::optional<unsigned> hexAt(std::size_t at) const
    {
        if (at + 6 > m_text.size() || m_text[at] != '\\' || m_text[at + 1] != 'u')
            return std::nullopt;
        unsigned code = 0;
        const char *begin = m_text.data() + at + 2;
        const auto end = std::from_chars(begin, begin + 4, code, 16);
        return end.ptr == begin + 4 ? std::optional(code) : std::nullopt;
    }

    bool readNumber(Value &value)
    {
        const std::size_t start = m_at;
        const auto readDigits = [&] {
            const std::size_t first = m_at;
            while (isDigit(peek()))
                ++m_at;
            return m_at > first;
        };
        accept('-');
        if (!isDigit(peek()))
            return fail("a value is expected here");
        if (!accept('0'))
            readDigits();
        bool isWhole = true;
        if (accept('.')) {
            isWhole = false;
            if (!readDigits())
                return fail("a digit is expected here");
        }
        if (peek() == 'e' || peek() == 'E') {
            ++m_at;
            isWhole = false;
            if (peek() == '+' || peek() == '-')
                ++m_at;
            if (!readDigits())
                return fail("a digit is expected here");
        }
        return toNumber(m_text.substr(start, m_at - start), isWhole, value);
    }

    bool toNumber(std::string_view digits, bool isWhole, Value &value)
    {
        const char *end = digits.data() + digits.size();
        std::int64_t whole = 0;
        if (isWhole && std::from_chars(digits.data(), end, whole).ec == std::errc()) {
            value = Value(whole);
            return true;
        }
        double number = 0;
        if (std::from_chars(digits.data(), end, number).ec != std::errc()) {
            m_at -= digits.size();
            return fail("this number is out of range");
        }
        value = Value(number);
        return true;
    }

    std::string_view m_text;
    std::size_t m_at = 0;
    int m_depth = 0;
    std::string m_what;
};

} // namespace

Result<Value> readJson(std::string_view text, int *depth)
{
    Parser parser(text);
    auto value = parser.parse();
    if (depth != nullptr)
        *depth = parser.depth();
    return value;
}

} // namespace blockscope
