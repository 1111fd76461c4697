// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "views/common/color.h"

#include <algorithm>
#include <cmath>

namespace blockscope::views {
namespace {

double linear(int channel)
{
    const double c = channel / 255.0;
    return c <= 0.03928 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
}

double luminance(Rgb color)
{
    return 0.2126 * linear(qRed(color)) + 0.7152 * linear(qGreen(color)) + 0.0722 * linear(qBlue(color));
}

int blend(int one, int other, double share)
{
    return static_cast<int>(std::lround(one + (other - one) * share));
}

} // namespace

double contrast(Rgb one, Rgb other)
{
    const auto [dark, light] = std::minmax({luminance(one), luminance(other)});
    return (light + 0.05) / (dark + 0.05);
}

Rgb inkOn(Rgb background)
{
    constexpr Rgb kBlack = qRgb(0, 0, 0);
    constexpr Rgb kWhite = qRgb(255, 255, 255);
    return contrast(kWhite, background) >= contrast(kBlack, background) ? kWhite : kBlack;
}

Rgb mixed(Rgb one, Rgb other, double share)
{
    return qRgb(blend(qRed(one), qRed(other), share), blend(qGreen(one), qGreen(other), share),
                blend(qBlue(one), qBlue(other), share));
}

Rgb readable(Rgb color, Rgb background, double ratio)
{
    const Rgb goal = inkOn(background);
    for (int step = 0; step < 20; ++step) {
        const Rgb candidate = mixed(color, goal, step / 20.0);
        if (contrast(candidate, background) >= ratio)
            return candidate;
    }
    return goal;
}

} // namespace blockscope::views
