// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "app/cli.h"
#include "app/gui.h"
#include "app/translation.h"

#include <QGuiApplication>

#include <memory>

namespace {

QtMessageHandler s_otherMessages = nullptr;

QStringList argumentsOf(int argc, char **argv)
{
    QStringList arguments;
    for (int i = 0; i < argc; ++i)
        arguments += QString::fromLocal8Bit(argv[i]);
    return arguments;
}

// Who has no session, as root often has none, has no such folder; a picture needs none.
void skipRuntimeFolder(QtMsgType type, const QMessageLogContext &context, const QString &message)
{
    if (!message.startsWith(QLatin1StringView("QStandardPaths: XDG_RUNTIME_DIR")))
        s_otherMessages(type, context, message);
}

// Starting QGuiApplication costs more than most verbs, so only those have one that need fonts; a display none needs.
std::unique_ptr<QCoreApplication> applicationFor(blockscope::app::Surface surface, int &argc, char **argv)
{
    if (surface == blockscope::app::Surface::None)
        return std::make_unique<QCoreApplication>(argc, argv);
    if (!qEnvironmentVariableIsSet("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    s_otherMessages = qInstallMessageHandler(skipRuntimeFolder);
    return std::make_unique<QGuiApplication>(argc, argv);
}

} // namespace

int main(int argc, char **argv)
{
    using namespace blockscope::app;
    const QStringList arguments = argumentsOf(argc, argv);
    const Surface surface = surfaceFor(arguments);
    if (surface == Surface::Window)
        return runGui(argc, argv, arguments.mid(1));
    const auto application = applicationFor(surface, argc, argv);
    installTranslation();
    QTextStream out(stdout);
    QTextStream err(stderr);
    return runCli(arguments, out, err);
}
