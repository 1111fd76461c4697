// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// Files as the verbs of the command line read them: a scenario or a capture,
/// and how far its events are played.

#include "app/cliverb.h"
#include "engine/files/scenario.h"

namespace blockscope::app {

/// The scenario in \a path, or a scenario made of the capture there.
[[nodiscard]] Result<Scenario> readInput(const QString &path);
/// The bytes of \a path; "-" is the standard input.
[[nodiscard]] Result<QByteArray> readBytes(const QString &path);

/// An event that was played, and the World it was asked of.
struct Played
{
    World before;
    Event event;
    Outcome outcome;
};
/// Applies the first \a count events to \a world. The last of them, if any.
std::optional<Played> play(World &world, const std::vector<ScenarioEvent> &events, std::size_t count);

/// Reads the option --at: how many of \a available events to play; all without it. Error: no number, or too large.
[[nodiscard]] Result<std::size_t> eventCount(const QCommandLineParser &parser, std::size_t available);
/// Puts the policy of the option --policy in force. Error: there is none of that name.
[[nodiscard]] std::optional<Error> applyPolicy(const QCommandLineParser &parser, World &world);
/// Reads the option --format: true for JSON lines. Error: neither text nor json.
[[nodiscard]] Result<bool> wantsJson(const QCommandLineParser &parser);

/// What is wrong with a file other than the first.
struct FileError
{
    QString file;
    Error error;
};
/// Puts the events of the option --events in the place of those of \a scenario.
[[nodiscard]] std::optional<FileError> applyEvents(const QCommandLineParser &parser, Scenario &scenario);

[[nodiscard]] QCommandLineOption atOption();
[[nodiscard]] QCommandLineOption eventsOption();
[[nodiscard]] QCommandLineOption policyOption();
[[nodiscard]] QCommandLineOption formatOption();

} // namespace blockscope::app
