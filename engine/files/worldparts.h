// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// The parts of a World beside graph, users and jobs, as they stand in a file: switches, contracts, dirty bitmaps,
/// internal snapshots, findings, listed requests, throttle groups, other processes. What is as it is without being said
/// is not written. Error codes: those of objectreader.h, FILE-DATA, FILE-REFERENCE. Thread: any.

#include "engine/files/clustertext.h"
#include "engine/files/names.h"
#include "engine/world/world.h"

namespace blockscope {

/// The names by which a file refers to things.
struct FileNames
{
    const NameTable &nodes;
    const NameTable &users;
    const NameTable &jobs;
};

void writeParts(const World &world, const FileNames &names, Object &object);
/// REQUIRES: graph, data, users and jobs of \a world are there.
void readParts(ObjectReader &reader, const FileNames &names, const IdCounts &ids, World &world, Failure &failure);

/// Which switches differ from their default; read back into \a world.
[[nodiscard]] Object writeSwitches(SwitchSet switches);
[[nodiscard]] SwitchSet readSwitches(ObjectReader &reader, std::string_view key);

} // namespace blockscope
