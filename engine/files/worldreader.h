// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// The object "world" of a scenario file into a World. Everything is checked
/// before the World is built, so no file can break a promise of the engine; a
/// World that is returned passes verify().
///
/// What is missing gets what a person would expect: a backing file is
/// read-only, a header names the backing file that is linked, a node has 64
/// clusters, some of them allocated. The standing claims of links and users
/// are not in the file; they follow from them.
///
/// Error codes: those of objectreader.h, and FILE-REFERENCE, FILE-DUPLICATE,
/// FILE-DATA, FILE-STATE, FILE-LIMIT. Thread: any.

#include "engine/base/result.h"
#include "engine/files/place.h"
#include "engine/world/world.h"

namespace blockscope {

[[nodiscard]] Result<World> readWorld(Value value, const Place &place = {});

} // namespace blockscope
