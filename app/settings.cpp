// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "app/settings.h"

#include <QDir>
#include <QStandardPaths>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace blockscope::app {

namespace {

constexpr auto kGeometry = "window/geometry"_L1;
// The number changes when the docks do: then an older state would make nothing of them.
constexpr auto kState = "window/state1"_L1;
constexpr auto kRecent = "files/recent"_L1;
constexpr auto kDocumentFolder = "files/documentFolder"_L1;
constexpr auto kPictureFolder = "files/pictureFolder"_L1;
constexpr auto kTheme = "view/theme"_L1;
constexpr auto kSpeed = "run/stepsPerSecond"_L1;

// Values of kSpeed that are no rate.
constexpr int kManual = 0;
constexpr int kUnlimited = -1;
constexpr int kHighestRate = 1000;

QString existing(const QString &folder)
{
    return !folder.isEmpty() && QDir(folder).exists() ? folder : QDir::homePath();
}

} // namespace

Settings::Settings(const QString &file) : m_settings(file, QSettings::IniFormat)
{
}

QString Settings::standardFile()
{
    return QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation) + u"/blockscope/blockscope.conf"_s;
}

QByteArray Settings::windowGeometry() const
{
    return m_settings.value(kGeometry).toByteArray();
}

QByteArray Settings::windowState() const
{
    return m_settings.value(kState).toByteArray();
}

void Settings::setWindow(const QByteArray &geometry, const QByteArray &state)
{
    m_settings.setValue(kGeometry, geometry);
    m_settings.setValue(kState, state);
}

QStringList Settings::recentFiles() const
{
    return m_settings.value(kRecent).toStringList().first(
        std::min<qsizetype>(m_settings.value(kRecent).toStringList().size(), kMostRecentFiles));
}

void Settings::addRecentFile(const QString &path)
{
    QStringList files = recentFiles();
    files.removeAll(path);
    files.prepend(path);
    m_settings.setValue(kRecent, files.first(std::min<qsizetype>(files.size(), kMostRecentFiles)));
}

void Settings::removeRecentFile(const QString &path)
{
    QStringList files = recentFiles();
    files.removeAll(path);
    m_settings.setValue(kRecent, files);
}

void Settings::clearRecentFiles()
{
    m_settings.remove(kRecent);
}

ThemeChoice Settings::theme() const
{
    const QString name = m_settings.value(kTheme).toString();
    for (ThemeChoice choice : kThemeChoices) {
        if (name == themeKey(choice))
            return choice;
    }
    return ThemeChoice::System;
}

void Settings::setTheme(ThemeChoice theme)
{
    m_settings.setValue(kTheme, themeKey(theme));
}

views::Speed Settings::speed() const
{
    bool isNumber = false;
    const int rate = m_settings.value(kSpeed).toInt(&isNumber);
    if (!isNumber || rate < kUnlimited)
        return {};
    if (rate == kManual)
        return {views::Speed::Mode::Manual, 1};
    if (rate == kUnlimited)
        return {views::Speed::Mode::Unlimited, 1};
    return {views::Speed::Mode::Limited, std::min(rate, kHighestRate)};
}

void Settings::setSpeed(views::Speed speed)
{
    switch (speed.mode) {
    case views::Speed::Mode::Manual:
        return m_settings.setValue(kSpeed, kManual);
    case views::Speed::Mode::Limited:
        return m_settings.setValue(kSpeed, speed.stepsPerSecond);
    case views::Speed::Mode::Unlimited:
        return m_settings.setValue(kSpeed, kUnlimited);
    }
}

QString Settings::documentFolder() const
{
    return existing(m_settings.value(kDocumentFolder).toString());
}

void Settings::setDocumentFolder(const QString &folder)
{
    m_settings.setValue(kDocumentFolder, folder);
}

QString Settings::pictureFolder() const
{
    return existing(m_settings.value(kPictureFolder).toString());
}

void Settings::setPictureFolder(const QString &folder)
{
    m_settings.setValue(kPictureFolder, folder);
}

} // namespace blockscope::app
