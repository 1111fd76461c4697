// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "engine/reproduce/scratchcommand.h"

#include "engine/operations/arguments.h"
#include "engine/reproduce/scratchhuman.h"
#include "engine/reproduce/scratchrewriter.h"
#include "engine/run/hmp.h"

namespace blockscope {

namespace {

using Why = Unplayed::Why;
using Problem = std::optional<Unplayed>;

Problem placeDevice(Object &arguments, ScratchNeeds &needs)
{
    for (const auto &[name, value] : arguments) {
        if (!isDiskProperty(name))
            return Unplayed{Why::ForeignOption, name};
    }
    const auto model = textArgument(arguments, "driver").value_or("");
    const auto bus = busOf(model, needs);
    if (!bus)
        return Unplayed{Why::ForeignDevice, model};
    if (const auto *iothread = findString(arguments, "iothread"); iothread != nullptr && isWellFormedId(*iothread))
        needs.iothreads.insert(*iothread);
    arguments.erase("bus");
    if (!bus->empty())
        arguments["bus"] = *bus;
    return std::nullopt;
}

/// The medium of a device and the limits of a throttle group; QOM has more, and some of it reaches out of the folder.
Problem checkProperty(const Object &arguments)
{
    const auto property = textArgument(arguments, "property").value_or("");
    return isSettable(property) ? std::nullopt : Problem(Unplayed{Why::ForeignOption, property});
}

Problem rewriteDevice(const QmpCommand &command, Object &arguments, ScratchNeeds &needs)
{
    return command.execute == "device_add" ? placeDevice(arguments, needs) : checkProperty(arguments);
}

} // namespace

std::optional<std::string> busOf(std::string_view deviceModel, ScratchNeeds &needs)
{
    switch (busFor(deviceModel)) {
    case ScratchBus::None:
        return std::nullopt;
    case ScratchBus::Scsi:
        return "scsi0.0";
    case ScratchBus::Port:
        return "port" + std::to_string(needs.ports++);
    case ScratchBus::Usb:
        needs.hasUsb = true;
        return "usb0.0";
    case ScratchBus::Fixed:
        break;
    }
    return std::string();
}

ScratchCommand scratchCommand(const QmpCommand &command, ScratchNames &names, const std::set<std::string> &files,
                              ScratchNeeds &needs)
{
    ScratchRewriter rewriter(names, files, needs);
    if (isHumanCommand(command))
        return humanLine(command, names, rewriter);
    if (findScratchRule(command.execute) == nullptr) { // block_resize is in both, and QMP's says more
        if (auto human = humanCommand(command, names, rewriter))
            return *std::move(human);
    }
    Object arguments = command.arguments;
    const bool isOwn = command.execute == "device_add" || command.execute == "qom-set";
    if (auto problem =
            isOwn ? rewriteDevice(command, arguments, needs) : rewriter.rewriteCommand(command.execute, arguments))
        return *problem;
    Value renamed(std::move(arguments));
    rewriter.rename(renamed);
    Object step{{"execute", command.execute}};
    if (!renamed.asObject()->empty())
        step["arguments"] = std::move(renamed);
    return step;
}

} // namespace blockscope
