// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// What all verbs of the command line share: their table, their streams, and
/// how options are read and help is shown.

#include "engine/base/result.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QTextStream>

#include <optional>

namespace blockscope::app {

inline constexpr int kSuccess = 0;
inline constexpr int kDifference = 1; ///< refused, or another outcome than expected
inline constexpr int kBadInput = 2;

/// One call of a verb: its arguments (without program and verb) and where it writes.
struct Call
{
    QStringList arguments;
    QTextStream &out;
    QTextStream &err;
};

struct Verb
{
    const char *name;
    const char *summary; ///< one sentence, to be translated in the context "Cli"
    int (*run)(const Call &call);
};

extern const Verb kExportVerb;
extern const Verb kRunVerb;
extern const Verb kRequestVerb;
extern const Verb kOffersVerb;
extern const Verb kCheckVerb;
extern const Verb kImportVerb;
extern const Verb kPermissionsVerb;
extern const Verb kDiagnoseVerb;
extern const Verb kReproduceVerb;
extern const Verb kExplainVerb;

struct Cli
{
    Q_DECLARE_TR_FUNCTIONS(Cli)
};

/// Reads the call's options into \a parser. An exit code when the call is at its end: help was asked for, or an
/// option is wrong. \a epilogue follows the help.
[[nodiscard]] std::optional<int> parse(QCommandLineParser &parser, const Verb &verb, const Call &call,
                                       const QString &epilogue = {});

/// Writes "blockscope: SUBJECT: MESSAGE"; returns kBadInput.
int fail(const Call &call, const QString &subject, const QString &message);
/// Writes "blockscope: FILE: PLACE: CAUSE"; returns kBadInput.
int fail(const Call &call, const QString &file, const Error &error);
/// As fail(), with the way to the verb's help.
int failUsage(const Call &call, const Verb &verb, const QString &message);

} // namespace blockscope::app
