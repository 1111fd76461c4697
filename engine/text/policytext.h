// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// The policies in words. Thread: any.

#include "engine/world/switches.h"

#include <QString>

#include <string_view>

namespace blockscope {

/// "NAC", "QEMU 7.2": what a policy is called in sentences; \a switches choose the version (Switch::LegacyOf28).
[[nodiscard]] QString policyTitle(std::string_view policy, SwitchSet switches);
/// What it is, as a whole sentence.
[[nodiscard]] QString policySummary(std::string_view policy);
/// What it leaves out of what it stands for; whole sentences.
[[nodiscard]] QString notModelled(std::string_view policy);

} // namespace blockscope
