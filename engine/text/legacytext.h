// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// The reasons of the policy "legacy" in sentences, with QEMU's own text as a quote. Thread: any.

#include "engine/text/reasons.h"

#include <QString>

namespace blockscope {

[[nodiscard]] bool isLegacy(const MergedReason &reason);
/// The end of a headline; \a holder and \a node are shown as given, so that they can be elided.
[[nodiscard]] QString legacyClause(const MergedReason &reason, const QString &holder, const QString &node);
/// Whole sentences; \a said is the verdict's error.
[[nodiscard]] QString legacyRule(const MergedReason &reason, const QString &asker, const QString &holder,
                                 const QString &node, const QString &said);
/// The headline of a request, named by \a subject, that is allowed.
[[nodiscard]] QString legacyConsent(const QString &subject);

} // namespace blockscope
