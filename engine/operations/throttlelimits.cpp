// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "engine/operations/throttlelimits.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace blockscope {

namespace {

struct Bucket
{
    std::string_view limit;    ///< of ThrottleLimits
    std::string_view argument; ///< of block_set_io_throttle
};

constexpr std::array<Bucket, 6> kBuckets{{{"bps-total", "bps"},
                                          {"bps-read", "bps_rd"},
                                          {"bps-write", "bps_wr"},
                                          {"iops-total", "iops"},
                                          {"iops-read", "iops_rd"},
                                          {"iops-write", "iops_wr"}}};
constexpr std::int64_t kLargestLimit = 1'000'000'000'000'000;

std::int64_t valueOf(const Object &limits, const std::string &name, std::int64_t otherwise = 0)
{
    const Value *value = find(limits, name);
    return value != nullptr && value->asInteger() != nullptr ? *value->asInteger() : otherwise;
}

std::int64_t averageOf(const Object &limits, std::size_t bucket)
{
    return valueOf(limits, std::string(kBuckets[bucket].limit));
}

std::int64_t burstOf(const Object &limits, std::size_t bucket)
{
    return valueOf(limits, std::string(kBuckets[bucket].limit) + "-max");
}

/// A total beside a value for reads or writes alone (throttle_conflicting()).
bool conflicts(const Object &limits)
{
    for (std::size_t total : {std::size_t{0}, std::size_t{3}}) {
        for (const auto value : {averageOf, burstOf}) {
            if (value(limits, total) != 0 && (value(limits, total + 1) != 0 || value(limits, total + 2) != 0))
                return true;
        }
    }
    return false;
}

bool isKnown(std::string_view name)
{
    return name == "iops-size" || std::any_of(kBuckets.begin(), kBuckets.end(), [&](const Bucket &bucket) {
               return name.starts_with(bucket.limit) &&
                      (name.size() == bucket.limit.size() || name.substr(bucket.limit.size()) == "-max" ||
                       name.substr(bucket.limit.size()) == "-max-length");
           });
}

const char *wrongWithBucket(const Object &limits, std::size_t bucket)
{
    const std::int64_t average = averageOf(limits, bucket);
    const std::int64_t burst = burstOf(limits, bucket);
    const std::int64_t length = valueOf(limits, std::string(kBuckets[bucket].limit) + "-max-length", 1);
    if (average < 0 || burst < 0 || average > kLargestLimit || burst > kLargestLimit)
        return "bps/iops/max values must be within [0, 1000000000000000]";
    if (length == 0)
        return "the burst length cannot be 0";
    if (length > 1 && burst == 0)
        return "burst length set without burst rate";
    if (burst != 0 && average == 0)
        return "bps_max/iops_max require corresponding bps/iops values";
    if (burst != 0 && burst < average)
        return "bps_max/iops_max cannot be lower than bps/iops";
    return nullptr;
}

const char *wrongWith(const Object &limits)
{
    if (conflicts(limits))
        return "bps/iops/max total values and read/write values cannot be used at the same time";
    const bool limitsIops = averageOf(limits, 3) != 0 || averageOf(limits, 4) != 0 || averageOf(limits, 5) != 0;
    if (valueOf(limits, "iops-size") != 0 && !limitsIops)
        return "iops size requires an iops value to be set";
    for (std::size_t bucket = 0; bucket < kBuckets.size(); ++bucket) {
        if (const char *wrong = wrongWithBucket(limits, bucket))
            return wrong;
    }
    return nullptr;
}

} // namespace

std::optional<Error> checkLimits(const Object &limits, const std::string &argument)
{
    for (const auto &[name, value] : limits) {
        if (!isKnown(name))
            return Error{"ARG-UNKNOWN", argument, "Parameter '" + name + "' is unexpected"};
        if (value.asInteger() == nullptr)
            return Error{"ARG-TYPE", argument, "Invalid parameter type for '" + name + "', expected: integer"};
    }
    if (const char *wrong = wrongWith(limits))
        return Error{"ARG-RANGE", argument, wrong};
    return std::nullopt;
}

bool limitsAnything(const Object &limits)
{
    for (std::size_t bucket = 0; bucket < kBuckets.size(); ++bucket) {
        if (averageOf(limits, bucket) != 0)
            return true;
    }
    return false;
}

Object limitsFromArguments(const Object &arguments)
{
    Object limits;
    const auto take = [&](const std::string &argument, const std::string &limit) {
        const Value *value = find(arguments, argument);
        if (value != nullptr && value->asInteger() != nullptr && *value->asInteger() != 0)
            limits[limit] = *value;
    };
    for (const Bucket &bucket : kBuckets) {
        take(std::string(bucket.argument), std::string(bucket.limit));
        take(std::string(bucket.argument) + "_max", std::string(bucket.limit) + "-max");
        take(std::string(bucket.argument) + "_max_length", std::string(bucket.limit) + "-max-length");
    }
    take("iops_size", "iops-size");
    return limits;
}

} // namespace blockscope
