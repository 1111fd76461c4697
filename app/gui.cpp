// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "app/gui.h"

#include "app/appearance.h"
#include "app/filecommands.h"
#include "app/mainwindow.h"
#include "app/settings.h"
#include "app/translation.h"

#include <QApplication>
#include <QIcon>

#include <clocale>

using namespace Qt::StringLiterals;

namespace blockscope::app {

namespace {

MainWindow *openWindow(Settings &settings)
{
    auto *window = new MainWindow(settings);
    window->setAttribute(Qt::WA_DeleteOnClose);
    QObject::connect(window, &MainWindow::windowRequested, window,
                     [&settings](const QString &path) { openWindow(settings)->files().openPath(path); });
    window->show();
    return window;
}

} // namespace

int runGui(int &argc, char **argv, const QStringList &)
{
    QApplication application(argc, argv);
    QApplication::setApplicationName(u"blockscope"_s);
    QApplication::setApplicationDisplayName(u"Blockscope"_s);
    QApplication::setApplicationVersion(QStringLiteral(BLOCKSCOPE_VERSION));
    QApplication::setDesktopFileName(u"blockscope"_s);
    QApplication::setWindowIcon(QIcon(u":/icons/blockscope.svg"_s));
    // Qt sets the user's locale; Graphviz reads and writes numbers with a point.
    std::setlocale(LC_NUMERIC, "C");
    installTranslation();

    Settings settings;
    applyTheme(settings.theme());
    const QStringList files = QApplication::arguments().mid(1);
    if (files.isEmpty())
        openWindow(settings)->openWelcome();
    for (const QString &file : files)
        openWindow(settings)->files().openPath(file);
    return QApplication::exec();
}

} // namespace blockscope::app
