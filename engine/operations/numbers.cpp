// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "engine/operations/numbers.h"

#include <cctype>
#include <charconv>
#include <limits>

namespace blockscope {

namespace {

/// The factor of a suffix; 0 when it is none.
std::uint64_t factorOf(std::string_view suffix, std::uint64_t unit)
{
    constexpr std::string_view kSuffixes = "BKMGTPE";
    if (suffix.empty())
        return unit;
    const auto index = kSuffixes.find(static_cast<char>(std::toupper(static_cast<unsigned char>(suffix.front()))));
    return suffix.size() > 1 || index == std::string_view::npos ? 0 : std::uint64_t{1} << (10 * index);
}

} // namespace

std::optional<std::uint64_t> bytesFromText(std::string_view text, std::uint64_t unit)
{
    const bool isHexadecimal = text.starts_with("0x") || text.starts_with("0X");
    const char *begin = text.data() + (isHexadecimal ? 2 : 0);
    const char *end = text.data() + text.size();
    std::uint64_t number = 0;
    const auto [rest, error] = std::from_chars(begin, end, number, isHexadecimal ? 16 : 10);
    if (error != std::errc())
        return std::nullopt;
    const std::uint64_t factor = factorOf({rest, static_cast<std::size_t>(end - rest)}, unit);
    constexpr auto kLargest = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
    if (factor == 0 || number > kLargest / factor)
        return std::nullopt;
    return number * factor;
}

} // namespace blockscope
