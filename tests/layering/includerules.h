// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT

#pragma once

/// \file
/// Which folder may include what, as data, and the question whether one include line keeps to it. The folders are
/// listed in the order of the layers, `engine`, `views`, `app`; nothing is allowed that is not written down, so a
/// new folder needs a row of its own.
///
/// Thread: any. Errors: none; an objection is a sentence for the person who wrote the line.

#include <QString>
#include <QStringList>
#include <QStringView>

#include <optional>

namespace blockscope::layering {

/// What the files of one folder may include.
struct Rule
{
    QString folder;             ///< "engine/base"; without a trailing slash
    QStringList project;        ///< folders of ours, this one included, and single headers
    QStringList modules = {};   ///< Qt modules: "QtCore"
    QStringList libraries = {}; ///< headers that are neither Qt's nor the standard library's: "gvc.h"
};

/// The folders that have a rule.
QStringList folders();

/// What an include line names; nothing when \a line is not one.
struct Include
{
    QString name;
    bool quoted = false;
};
std::optional<Include> includeIn(QStringView line);

/// Why \a file (its path from the root, "engine/base/id.h") may not hold \a line; empty when it may.
QString objection(const QString &file, QStringView line);

} // namespace blockscope::layering
