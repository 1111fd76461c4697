// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once
/// \file
/// Takes the date out of a PDF that QPdfWriter wrote, so that the same picture gives the same bytes at any time and
/// in any time zone. QPdfWriter itself has no way to leave it out.
///
/// Thread: any.

#include <QByteArray>

namespace blockscope::views {

/// \a pdf without its date, the table of offsets put right. Unchanged if it is not as QPdfWriter writes it.
[[nodiscard]] QByteArray withoutDate(const QByteArray &pdf);

} // namespace blockscope::views
