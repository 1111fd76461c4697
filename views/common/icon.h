// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once
/// \file
/// The icons of actions, drawn in the colour of the text beside them, so that they fit light and dark.
///
/// Thread: the GUI's.

#include <QIcon>

namespace blockscope::views {

/// The icon resources/icons/\a name.svg. An empty one when there is none.
[[nodiscard]] QIcon icon(const QString &name);

} // namespace blockscope::views
