// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// The file that a window shows: which one, whether it was changed, and the
/// parts of it that the session does not hold.
///
/// Errors come back as values and say where and what; after one nothing has changed.
/// Thread: GUI.

#include "engine/files/scenario.h"
#include "views/session/session.h"

#include <QObject>

#include <optional>

namespace blockscope::app {

class Document : public QObject
{
    Q_OBJECT

public:
    explicit Document(views::Session &session, QObject *parent = nullptr);

    /// An empty graph without a file.
    void create();
    /// Opens a scenario or a capture. A capture has no file to save to, for what was captured must stay as it is.
    std::optional<Error> open(const QString &path);
    /// Opens a scenario that comes with the program.
    std::optional<Error> openExample(const QString &resource);
    std::optional<Error> save(const QString &path);

    /// Where to save to; empty before it was saved for the first time.
    [[nodiscard]] QString path() const { return m_path; }
    /// The file it came from or goes to; empty for a new one and for an example.
    [[nodiscard]] QString source() const { return m_source; }
    /// For titles: the file's name, else what the scenario is called.
    [[nodiscard]] QString name() const;
    /// The scenario's own title and text; may be empty.
    [[nodiscard]] QString title() const { return QString::fromStdString(m_scenario.title); }
    [[nodiscard]] QString description() const { return QString::fromStdString(m_scenario.description); }
    /// True when the user did something since it was opened or saved. Steps of jobs alone do not count.
    [[nodiscard]] bool isModified() const;
    /// What was concluded rather than captured, in sentences.
    [[nodiscard]] QStringList importNotes() const;

    /// The scenario as it would be saved now.
    [[nodiscard]] Scenario scenario() const;

Q_SIGNALS:
    /// Another file, another name, or modified changed.
    void changed();

private:
    void show(Scenario scenario, const QString &path, const QString &source);

    views::Session &m_session;
    Scenario m_scenario; // as it was read: its events carry expectations and keys that the log does not
    QString m_path;
    QString m_source;
};

} // namespace blockscope::app
