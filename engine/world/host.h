// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// What a World knows of a QEMU process beside its run state. The first process has no name; the others have one, by
/// which events and nodes name them ("host").

#include "engine/base/flagset.h"

#include <cstdint>

namespace blockscope {

enum class HostFlag : std::uint8_t {
    ServesNbd, ///< its NBD server runs
    Listens,   ///< waits for an incoming migration, and was told where it comes from (migrate-incoming)
    GoesOn,    ///< runs as soon as the migration has come in: cont came first (autostart in softmmu/runstate.c)
    HasNotRun  ///< a migration came in, and its guest did not run yet: it keeps nobody off until then
               ///< (blk_root_activate() in block/block-backend.c)
};
using HostFlags = FlagSet<HostFlag>;

} // namespace blockscope
