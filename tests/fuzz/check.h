// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// What must hold for anything that a reader accepts or refuses; a breach ends
/// the process, which is how a fuzzer learns of it.

#include "engine/files/scenario.h"

#include <cstdio>
#include <cstdlib>

namespace blockscope::fuzz {

inline void require(bool holds, const char *what)
{
    if (holds)
        return;
    std::fprintf(stderr, "Broken: %s\n", what);
    std::abort();
}

/// \a scenario is whole, and survives saving and loading, to the same bytes.
inline void checkRoundTrip(const Scenario &scenario)
{
    require(verify(scenario.world), "what was read passes verify()");
    const QByteArray text = writeScenario(scenario);
    const auto again = readScenario(text);
    if (!again)
        std::fprintf(stderr, "%s: %s: %s\n", again.error().code.c_str(), again.error().where.c_str(),
                     again.error().what.c_str());
    require(again.hasValue(), "what was written can be read");
    require(*again == scenario, "what was written reads as it was");
    require(writeScenario(*again) == text, "writing again gives the same bytes");
}

inline void checkError(const Error &error)
{
    require(error.code.starts_with("FILE-") && !error.where.empty() && !error.what.empty(),
            "an error says what and where");
}

} // namespace blockscope::fuzz
