// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// What an error text of a real QEMU means on a graph: whom it names, what else is in the way there, and what would
/// help.

#include "engine/text/errortext.h"
#include "engine/world/world.h"

#include <QString>
#include <QStringList>

namespace blockscope {

/// Somebody whom the text names.
struct Party
{
    QString name;               ///< as in the text
    QString text;               ///< a whole sentence: what it is here, or that it is not in this graph
    std::optional<NodeId> node; ///< to be lit up
    std::optional<Holder> holder;
};

struct Diagnosis
{
    bool isUnderstood = false;
    std::string cause; ///< as causeOf() of policies/cause.h; empty when not understood
    QString code;      ///< whose long text explains it; may be empty
    QString headline;
    std::vector<Party> parties;
    QStringList others; ///< conflicts at the same node that QEMU did not mention, one sentence each
    QStringList advice; ///< what would help, one sentence each
};

[[nodiscard]] Diagnosis diagnose(const World &world, const QString &errorText);
[[nodiscard]] QString toPlainText(const Diagnosis &diagnosis);

} // namespace blockscope
