// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// What the window remembers from one start to the next. Typed; damaged values
/// read as if they had never been written.
///
/// Thread: GUI.

#include "app/appearance.h"
#include "views/session/speed.h"

#include <QByteArray>
#include <QSettings>
#include <QStringList>

namespace blockscope::app {

class Settings
{
public:
    static constexpr int kMostRecentFiles = 10;

    explicit Settings(const QString &file = standardFile());
    /// Where the user's settings are.
    [[nodiscard]] static QString standardFile();

    [[nodiscard]] QByteArray windowGeometry() const;
    [[nodiscard]] QByteArray windowState() const;
    void setWindow(const QByteArray &geometry, const QByteArray &state);

    /// Newest first.
    [[nodiscard]] QStringList recentFiles() const;
    void addRecentFile(const QString &path);
    void removeRecentFile(const QString &path);
    void clearRecentFiles();

    [[nodiscard]] ThemeChoice theme() const;
    void setTheme(ThemeChoice theme);

    [[nodiscard]] views::Speed speed() const;
    void setSpeed(views::Speed speed);

    /// Where a file was last opened or saved; where a picture was last exported.
    [[nodiscard]] QString documentFolder() const;
    void setDocumentFolder(const QString &folder);
    [[nodiscard]] QString pictureFolder() const;
    void setPictureFolder(const QString &folder);

private:
    QSettings m_settings;
};

} // namespace blockscope::app
