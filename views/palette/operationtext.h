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

#include <vector>

namespace blockscope::views {

[[nodiscard]] QString nameOf(const Operation &operation);
[[nodiscard]] QString familyName(Family family);
[[nodiscard]] QIcon familyIcon(Family family);

/// The operations of one family, in the order of the catalogue.
struct FamilyOfOperations
{
    Family family = Family::Jobs;
    std::vector<const Operation *> operations;
};
/// The whole catalogue by families, in their own order; none is empty.
[[nodiscard]] const std::vector<FamilyOfOperations> &families();
/// So many operations can stand in one list; more are shown family by family.
inline constexpr std::size_t kMostInOneList = 12;

/// One sentence: what it does.
[[nodiscard]] QString descriptionOf(const Operation &operation);
/// How much of it happens here; empty for what is modelled.
[[nodiscard]] QString fidelityOf(const Operation &operation);
/// Both.
[[nodiscard]] QString tipOf(const Operation &operation);
[[nodiscard]] QIcon iconOf(const Operation &operation);

} // namespace blockscope::views
