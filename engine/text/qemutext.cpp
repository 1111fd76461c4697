// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "engine/text/qemutext.h"

#include "engine/policies/policy.h"
#include "engine/policies/qemu/permissioncheck.h"
#include "engine/text/codes.h"

#include <QCoreApplication>

namespace blockscope {

namespace {

struct QemuText
{
    Q_DECLARE_TR_FUNCTIONS(QemuText)
};

/// What the code says of itself, as the end of a sentence or as a whole one.
QString brief(const MergedReason &reason)
{
    return codeText(QString::fromStdString(reason.code)).brief;
}

/// About \a holder, who is in the way.
QString holderRule(const std::string &code, const QString &asker, const QString &holder, const QString &node)
{
    if (code == "LEGACY-BUSY")
        return QemuText::tr("%1 is kept from %2 by %3, whatever it would do there.").arg(asker, node, holder);
    if (code == "QEMU-BLOCKER")
        return QemuText::tr("%1 may not touch %2: %3 blocks such operations there, whatever they would do.")
            .arg(asker, node, holder);
    if (code == "QEMU-ROOT")
        return QemuText::tr("%1 takes root nodes alone, and %2 has %3 above it.").arg(asker, node, holder);
    if (code == "QEMU-FROZEN")
        return QemuText::tr("%1 would change the chain at %2, which %3 has frozen.").arg(asker, node, holder);
    if (code == "QEMU-INUSE")
        return QemuText::tr("%1 wants a node that nobody uses, and %2 is used by %3.").arg(asker, node, holder);
    if (code == "QEMU-BITMAP")
        return QemuText::tr("%1 would use a dirty bitmap of %2 that %3 works with.").arg(asker, node, holder);
    if (code == "QEMU-IOTHREAD")
        return QemuText::tr("%1 would move %2 to another thread, and %3 stays where it is.").arg(asker, node, holder);
    if (code == "QEMU-INACTIVATE")
        return QemuText::tr("%1 hands %2 over, and %3 writes to it.").arg(asker, node, holder);
    return QemuText::tr("What %1 needs or shares at %2 does not go with what %3 needs or shares there.")
        .arg(asker, node, holder);
}

/// About the node or the request alone.
QString lonelyRule(const MergedReason &reason, const QString &asker, const QString &node)
{
    if (reason.code == "LEGACY-EXPRESS")
        return QemuText::tr("%1 is asked for in a way that came later: that QEMU would not know the command, the "
                            "argument or the device.")
            .arg(asker);
    if (reason.code == "LEGACY-SHAPE")
        return QemuText::tr("%1 does not take %2 where it is.").arg(asker, node);
    return QemuText::tr("%1 was asked for %2. %3", "a command, a node, a rule").arg(asker, node, brief(reason));
}

QString permissionList(PermissionSet set)
{
    return set == 0 ? QemuText::tr("nothing") : QString::fromStdString(qemu::permissionNames(set));
}

} // namespace

bool isOfQemu(const MergedReason &reason)
{
    return reason.code.starts_with("LEGACY-") || reason.code.starts_with("QEMU-");
}

bool namesHolder(const MergedReason &reason)
{
    return reason.holder != Holder::synchronous() && reason.code != "LEGACY-EXPRESS" && reason.code != "LEGACY-SHAPE" &&
           reason.code != "QEMU-SHAPE" && reason.code != "QEMU-READONLY";
}

QString qemuClause(const MergedReason &reason, const QString &holder, const QString &node)
{
    const std::string &code = reason.code;
    if (code == "LEGACY-EXPRESS")
        return QemuText::tr("it cannot be said to the QEMU of that time");
    if (code == "LEGACY-SHAPE")
        return QemuText::tr("%1 is not where it has to be in the graph").arg(node);
    if (!namesHolder(reason)) {
        QString rule = brief(reason);
        rule.chop(1);
        return QemuText::tr("%1: %2", "a node, a rule").arg(node, rule);
    }
    if (code == "LEGACY-BUSY" || code == "QEMU-BLOCKER")
        return QemuText::tr("%1 keeps %2 busy").arg(holder, node);
    if (code == "QEMU-ROOT")
        return QemuText::tr("%1 is no root node, for %2 is above it").arg(node, holder);
    if (code == "QEMU-FROZEN")
        return QemuText::tr("%1 has frozen the chain at %2").arg(holder, node);
    if (code == "QEMU-INUSE")
        return QemuText::tr("%1 uses %2").arg(holder, node);
    return QemuText::tr("%1 is in the way at %2").arg(holder, node);
}

QString qemuRule(const MergedReason &reason, const QString &asker, const QString &holder, const QString &node,
                 const QString &said)
{
    const QString rule =
        namesHolder(reason) ? holderRule(reason.code, asker, holder, node) : lonelyRule(reason, asker, node);
    if (said.isEmpty())
        return rule;
    const QString quote = said.endsWith(u'.') ? said.chopped(1) : said; // the sentence has its own
    return reason.code == "LEGACY-EXPRESS"
               ? QemuText::tr("%1 In our words: “%2”.", "a rule, an error text").arg(rule, quote)
               : QemuText::tr("%1 QEMU answers: “%2”.", "a rule, an error text").arg(rule, quote);
}

QString qemuConsent(std::string_view policy, const QString &subject)
{
    return policy == kLegacyPolicy.name
               ? QemuText::tr("%1 was allowed: nothing that it checks is blocked.").arg(subject)
               : QemuText::tr("%1 was allowed: it is not blocked, and all permissions go together.").arg(subject);
}

QString permissionSentence(const QString &holder, const Permissions &permissions)
{
    return QemuText::tr("%1 needs %2, and shares %3.", "who uses a node, two lists of permissions")
        .arg(holder, permissionList(permissions.perm), permissionList(permissions.sharedPerm));
}

} // namespace blockscope
