// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "engine/text/policytext.h"

#include <QCoreApplication>

namespace blockscope {

namespace {

struct PolicyText
{
    Q_DECLARE_TR_FUNCTIONS(PolicyText)
};

QString text(std::string_view utf8)
{
    return QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size()));
}

} // namespace

QString policyTitle(std::string_view policy, SwitchSet switches)
{
    if (policy == "nac")
        return PolicyText::tr("NAC");
    if (policy == "qemu")
        return PolicyText::tr("QEMU 7.2");
    if (policy == "legacy")
        return switches.contains(Switch::LegacyOf28) ? PolicyText::tr("QEMU 2.8") : PolicyText::tr("QEMU 2.5");
    return text(policy);
}

QString policySummary(std::string_view policy)
{
    if (policy == "nac")
        return PolicyText::tr("Node Access Control, as the RFC proposes it.");
    if (policy == "legacy")
        return PolicyText::tr("The op blockers that the RFC would replace.");
    if (policy == "qemu")
        return PolicyText::tr("Today’s permissions, frozen links and what is left of the op blockers.");
    return {};
}

QString notModelled(std::string_view policy)
{
    if (policy == "qemu")
        return PolicyText::tr("Not modelled: request alignment (write without resize), what qcow2 stores of persistent "
                              "bitmaps on a reopen, iothreads beyond the refusal to move a device, virtio devices that "
                              "leave late, and the order in which QEMU finds two errors of one command. "
                              "tests/data/qemu/differences.tsv lists every recorded outcome that comes out otherwise.");
    if (policy == "legacy")
        return PolicyText::tr(
            "Not modelled: dataplane and block migration as holders of blockers; an overlay that was "
            "renamed since; argument errors that QEMU 2.5 would word otherwise. Commands that were only "
            "renamed since then count as what they were called.");
    if (policy == "nac")
        return PolicyText::tr(
            "Not modelled: nothing of the proposal. Where it leaves something open, the switches N1 to "
            "C1 choose a reading.");
    return {};
}

} // namespace blockscope
