// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// CPU time of pieces of work, for ratios within one run.

#include <algorithm>
#include <cstddef>
#include <ctime>
#include <utility>
#include <vector>

namespace blockscope::bench {

inline double cpuSeconds(clockid_t clock = CLOCK_PROCESS_CPUTIME_ID)
{
    timespec now{};
    clock_gettime(clock, &now);
    return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

/// REQUIRES: \a values is not empty.
inline double median(std::vector<double> values)
{
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

/// Median CPU time of one call in \a rounds calls, in seconds. \a prepare comes before each and is not counted.
template <class Prepare, class Work>
double medianOf(std::size_t rounds, Prepare prepare, Work work, clockid_t clock = CLOCK_PROCESS_CPUTIME_ID)
{
    std::vector<double> times;
    for (std::size_t round = 0; round < rounds; ++round) {
        prepare();
        const double begin = cpuSeconds(clock);
        work();
        times.push_back(cpuSeconds(clock) - begin);
    }
    return median(std::move(times));
}

template <class Work>
double medianOf(std::size_t rounds, Work work)
{
    return medianOf(
        rounds, [] {}, work);
}

/// Median of CPU time of \a work / CPU time of \a yardstick. They take turns, so that what else the machine does at a
/// moment is in both.
template <class Work, class Yardstick>
double medianRatio(std::size_t rounds, Work work, Yardstick yardstick)
{
    std::vector<double> ratios;
    for (std::size_t round = 0; round < rounds; ++round) {
        const double begin = cpuSeconds();
        yardstick();
        const double middle = cpuSeconds();
        work();
        ratios.push_back((cpuSeconds() - middle) / (middle - begin));
    }
    return median(std::move(ratios));
}

} // namespace blockscope::bench
