// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// What each switch of a World does, in words. Thread: any.

#include "engine/world/switches.h"

#include <QString>

namespace blockscope {

struct SwitchText
{
    QString name;   ///< as in files: "P1"
    QString title;  ///< a few words, for a check box
    QString detail; ///< what it means on and off; whole sentences
};
[[nodiscard]] SwitchText switchText(Switch which);

} // namespace blockscope
