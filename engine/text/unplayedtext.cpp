// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "engine/text/unplayedtext.h"

#include <QCoreApplication>

namespace blockscope {

namespace {

struct Unplayable
{
    Q_DECLARE_TR_FUNCTIONS(Unplayable)
};

QString sentenceOf(Unplayed::Why why)
{
    using Why = Unplayed::Why;
    switch (why) {
    case Why::OtherHost:
        return Unplayable::tr("It is sent to another QEMU process, “%1”, and there is only one here.");
    case Why::Forgotten:
        return Unplayable::tr("This %1 forgets a claim, and QEMU has no claims that could be forgotten.");
    case Why::OwnControl:
        return Unplayable::tr("QEMU has no equal of the control %1.");
    case Why::NewerCommand:
        return Unplayable::tr("QEMU 7.2 does not have the command %1 yet.");
    case Why::ImageTool:
        return Unplayable::tr("“%1” is a command of qemu-img, not of QEMU.");
    case Why::NeedsOtherQemu:
        return Unplayable::tr("%1 needs a second QEMU, and there is only one here.");
    case Why::UnknownCommand:
        return Unplayable::tr("What QEMU would do on %1 is not known here, so it is not sent.");
    case Why::ForeignDriver:
        return Unplayable::tr("The block driver “%1” would reach out of the scratch folder, or Debian's QEMU does not "
                              "have it.");
    case Why::ForeignOption:
        return Unplayable::tr("The option “%1” would reach out of the scratch folder.");
    case Why::ForeignDevice:
        return Unplayable::tr("The machine has no place for the device model “%1”.");
    case Why::HumanLine:
        return Unplayable::tr("Of the human monitor only a few commands are sent, and “%1” is none of them.");
    case Why::JobNotStarted:
        return Unplayable::tr("The start of the job “%1” is not played.");
    case Why::WriteByExport:
        return Unplayable::tr("“%1” is no device, and only devices write here.");
    case Why::ReplacedDriver:
        return Unplayable::tr(
            "The driver of the node “%1” is not known, is not in Debian's QEMU, or would reach out of "
            "the scratch folder: another one stands for it.");
    case Why::ReplacedExport:
        return Unplayable::tr("The export “%1” is made as an NBD export.");
    case Why::LeftOutUser:
        return Unplayable::tr("Who uses the BlockBackend “%1” is not known, so it is left out.");
    case Why::LeftOutJob:
        return Unplayable::tr("The job “%1” cannot be started again from what the file says, so it is left out.");
    case Why::LeftOutBits:
        return Unplayable::tr("No device writes to the node of the bitmap “%1”, so it is made without its bits.");
    case Why::LeftOutHost:
        return Unplayable::tr("The node “%1” belongs to another QEMU process, so it is left out.");
    case Why::OtherRunState:
        return Unplayable::tr("The VM is merely paused instead of “%1”.");
    }
    return {};
}

} // namespace

QString unplayedText(const Unplayed &unplayed)
{
    return sentenceOf(unplayed.why).arg(QString::fromStdString(unplayed.subject));
}

} // namespace blockscope
