// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// The look that the tables of all panels share.

class QTableView;

namespace blockscope::views {

/// Makes \a table a plain list of rows: one is selected at a time, no grid, no row numbers, text to the left.
void styleAsList(QTableView *table);

} // namespace blockscope::views
