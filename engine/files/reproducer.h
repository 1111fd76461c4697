// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// The script of a reproduction: a fixed Python program (resources/reproduce/reproduce.py) with one JSON literal at its
/// top that says what to make and what to send. No text of a file becomes code: the literal is ASCII, without a quote
/// of Python's.
///
/// Thread: any.

#include "engine/reproduce/reproduction.h"

#include <QByteArray>

#include <functional>

namespace blockscope {

/// \a sentence says in words why an event is not played.
[[nodiscard]] QByteArray reproducerScript(const Reproduction &reproduction, const std::string &title,
                                          const std::function<std::string(const Unplayed &)> &sentence);

} // namespace blockscope
