// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// What the palette says of operations. Their names are QMP's and never translated.
///
/// Thread: GUI.

#include "engine/operations/operation.h"

#include <QIcon>
#include <QString>

namespace blockscope::views {

[[nodiscard]] QString nameOf(const Operation &operation);
[[nodiscard]] QString familyName(Family family);
/// One sentence: what it does.
[[nodiscard]] QString descriptionOf(const Operation &operation);
[[nodiscard]] QIcon iconOf(const Operation &operation);

} // namespace blockscope::views
