// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// What of a file a real QEMU 7.2 in a scratch folder cannot be asked, or is asked otherwise than it stands there. All
/// reasons there are stand here; engine/text/unplayedtext.h has their sentences.

#include <cstdint>
#include <string>

namespace blockscope {

struct Unplayed
{
    enum class Why : std::uint8_t {
        // Events that are not played.
        OtherHost,      ///< sent to another QEMU process than the first
        Forgotten,      ///< an operation that forgets a claim: QEMU has no claims
        OwnControl,     ///< policy, switches, listed requests: subject is the control
        NewerCommand,   ///< a command that QEMU 7.2 does not have yet
        ImageTool,      ///< qemu-img's, no command of QEMU
        NeedsOtherQemu, ///< migration
        UnknownCommand, ///< what it would do is not known here, so it is not sent
        ForeignDriver,  ///< a block driver that reaches out of the scratch folder, or is not in Debian
        ForeignOption,  ///< an option that names files or hosts: subject is its name
        ForeignDevice,  ///< a device model without a place in the machine, or one of its properties
        HumanLine,      ///< a line of the human monitor that is not one of a few
        JobNotStarted,  ///< about a job whose start was not played
        WriteByExport,  ///< only devices write
        // What the graph is built without, or with something else instead.
        ReplacedDriver, ///< subject is the node: another driver stands for its own
        ReplacedExport, ///< subject is the export: it is an NBD export
        LeftOutUser,    ///< a BlockBackend of which nothing is known
        LeftOutJob,     ///< a job that cannot be started again from what the file says
        LeftOutBits,    ///< subject is a bitmap: nobody can write the bits that it has
        LeftOutHost,    ///< a node of another QEMU process
        OtherRunState   ///< subject is the run state; the VM is merely paused
    };

    Why why = Why::UnknownCommand;
    std::string subject;

    friend bool operator==(const Unplayed &, const Unplayed &) = default;
};

} // namespace blockscope
