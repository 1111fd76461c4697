// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "engine/text/legacytext.h"

#include <QCoreApplication>

namespace blockscope {

namespace {

struct LegacyText
{
    Q_DECLARE_TR_FUNCTIONS(LegacyText)
};

} // namespace

bool isLegacy(const MergedReason &reason)
{
    return reason.code.starts_with("LEGACY-");
}

QString legacyClause(const MergedReason &reason, const QString &holder, const QString &node)
{
    if (reason.code == "LEGACY-EXPRESS")
        return LegacyText::tr("it cannot be said to the QEMU of that time");
    if (reason.code == "LEGACY-SHAPE")
        return LegacyText::tr("%1 is not where it has to be in the graph").arg(node);
    return LegacyText::tr("%1 keeps %2 busy").arg(holder, node);
}

QString legacyRule(const MergedReason &reason, const QString &asker, const QString &holder, const QString &node,
                   const QString &said)
{
    if (reason.code == "LEGACY-EXPRESS")
        return LegacyText::tr("%1 is asked for in a way that came later: “%2”. The words are ours; that QEMU would not "
                              "know the command, the argument or the device.")
            .arg(asker, said);
    if (reason.code == "LEGACY-SHAPE")
        return LegacyText::tr("%1 does not take %2 where it is. QEMU answers: “%3”.").arg(asker, node, said);
    return LegacyText::tr("%1 is kept from %2 by %3, whatever it would do there. QEMU answers: “%4”.")
        .arg(asker, node, holder, said);
}

QString legacyConsent(const QString &subject)
{
    return LegacyText::tr("%1 was allowed: nothing that it checks is blocked.").arg(subject);
}

} // namespace blockscope
