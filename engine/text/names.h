// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// What things are called in sentences. QMP's own words (operations, arguments,
/// job types, statuses, node names) are never translated; the words around them are.
///
/// Thread: any. Ids must belong to the World given.

#include "engine/access/ledger.h"
#include "engine/run/event.h"
#include "engine/world/world.h"

#include <QString>
#include <QStringList>

namespace blockscope {

[[nodiscard]] QString nodeName(const World &world, NodeId node);
/// "commit c0", "guest vda", "overlay l3", "export e0": short enough for a headline.
[[nodiscard]] QString holderName(const World &world, Holder holder);
/// As holderName, with the link spelled out: "overlay l3 (its backing link to l2)".
[[nodiscard]] QString holderNameWithLink(const World &world, Holder holder);

/// "modify visible data (MV)".
[[nodiscard]] QString actionName(Action action);
/// "modify metadata (MM) and reconfigure the graph (GR)".
[[nodiscard]] QString actionNames(ActionSet actions);
/// "modify metadata (MM) or reconfigure the graph (GR)".
[[nodiscard]] QString anyActionName(ActionSet actions);
/// "MM GR", in the order used everywhere; a dash for no action.
[[nodiscard]] QString actionLetters(ActionSet actions);

/// "running" as a word for people: "copying", "waiting for job-finalize" ...
[[nodiscard]] QString statusName(JobStatus status);

/// "block-commit of mid2", "step of c0": an event as the subject of a sentence.
[[nodiscard]] QString eventSubject(const Event &event);
/// The whole event on one line, arguments in the order of their names: "block-commit base-node=base device=top".
[[nodiscard]] QString eventLine(const Event &event);
/// A value as it would be typed on the command line: strings bare, the rest as JSON.
[[nodiscard]] QString valueText(const Value &value);

/// "a", "a and b", "a, b and c".
[[nodiscard]] QString joined(const QStringList &items);
/// \a name with its middle left out when it is longer than \a length.
[[nodiscard]] QString elided(const QString &name, qsizetype length);

} // namespace blockscope
