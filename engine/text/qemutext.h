// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// The reasons of the policies "legacy" and "qemu" in sentences, with QEMU's own text as a quote. Thread: any.

#include "engine/graph/permissions.h"
#include "engine/text/reasons.h"

#include <QString>

namespace blockscope {

/// True for a reason of one of these policies: they know no claims.
[[nodiscard]] bool isOfQemu(const MergedReason &reason);
/// True when the reason is about somebody who is in the way, and not about the request or the node alone.
[[nodiscard]] bool namesHolder(const MergedReason &reason);
/// The end of a headline; \a holder and \a node are shown as given, so that they can be elided.
[[nodiscard]] QString qemuClause(const MergedReason &reason, const QString &holder, const QString &node);
/// Whole sentences; \a said is the verdict's error.
[[nodiscard]] QString qemuRule(const MergedReason &reason, const QString &asker, const QString &holder,
                               const QString &node, const QString &said);
/// The headline of a request, named by \a subject, that \a policy allows.
[[nodiscard]] QString qemuConsent(std::string_view policy, const QString &subject);
/// What somebody takes of a node: "overlay l3 needs consistent read and shares consistent read, write."
[[nodiscard]] QString permissionSentence(const QString &holder, const Permissions &permissions);

} // namespace blockscope
