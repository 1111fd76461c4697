// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// What the File menu does with a document: asks for names, asks before changes
/// are lost, remembers recent files, and says what went wrong in the message bar.
///
/// Ownership: all that is handed over must outlive it. Thread: GUI.

#include "engine/base/result.h"

#include <QObject>

class QMenu;
class QMimeData;
class QWidget;

namespace blockscope::app {

class Document;
class MessageBar;
class Settings;

class FileCommands : public QObject
{
    Q_OBJECT

public:
    FileCommands(Document &document, Settings &settings, MessageBar &messages, QWidget &window);

    void create();
    void open();
    /// False when it could not be opened or the user wants to stay; then everything is as it was.
    bool openPath(const QString &path);
    bool openExample(const QString &resource);
    /// False when nothing was saved.
    bool save();
    bool saveAs();
    /// Asks what to do with changes. False when the user wants to stay.
    [[nodiscard]] bool mayLeave();

    /// Fills \a menu with the scenarios that come with the program, by their titles, when it first opens: the titles
    /// stand in the files, and reading them all would make up most of the time in which the window is made.
    void fillExamples(QMenu &menu);
    /// Fills \a menu with the recent files each time it opens.
    void fillRecent(QMenu &menu);
    /// The local files in what is dragged.
    [[nodiscard]] static QStringList filesIn(const QMimeData &data);

Q_SIGNALS:
    /// Another document is shown.
    void opened();

private:
    bool saveTo(const QString &path);
    void report(const QString &title, const QString &path, const Error &error);
    void greet();
    void showImportNotes();
    void addExamples(QMenu &menu);

    Document &m_document;
    Settings &m_settings;
    MessageBar &m_messages;
    QWidget &m_window;
};

} // namespace blockscope::app
