// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// Commands of the human monitor for a QEMU in a scratch folder: what has no QMP command. None is sent as it stands;
/// each is written anew, from words without a space or a quote.

#include "engine/reproduce/scratchcommand.h"
#include "engine/reproduce/scratchrewriter.h"

namespace blockscope {

/// \a command as a line of the human monitor; nothing when it is none of those that only it has.
[[nodiscard]] std::optional<ScratchCommand> humanCommand(const QmpCommand &command, const ScratchNames &names,
                                                         ScratchRewriter &rewriter);
/// What a line means (human-monitor-command), as a line or as the QMP command that does the same.
[[nodiscard]] ScratchCommand humanLine(const QmpCommand &line, const ScratchNames &names, ScratchRewriter &rewriter);

} // namespace blockscope
