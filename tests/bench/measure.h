// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// CPU time of pieces of work, for ratios within one run.

#include <algorithm>
#include <cstddef>
#include <ctime>
#include <vector>

namespace blockscope::bench {

inline double cpuSeconds(clockid_t clock = CLOCK_PROCESS_CPUTIME_ID)
{
    timespec now{};
    clock_gettime(clock, &now);
    return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
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
    const auto middle = times.begin() + static_cast<std::ptrdiff_t>(rounds / 2);
    std::nth_element(times.begin(), middle, times.end());
    return *middle;
}

template <class Work>
double medianOf(std::size_t rounds, Work work)
{
    return medianOf(
        rounds, [] {}, work);
}

} // namespace blockscope::bench
