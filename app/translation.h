// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// The texts of the program in the user's language.

namespace blockscope::app {

/// Loads the forms of counted sentences, and the user's language if there is one. REQUIRES: a QCoreApplication.
void installTranslation();

} // namespace blockscope::app
