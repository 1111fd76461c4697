// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "app/filecommands.h"

#include "app/document.h"
#include "app/messagebar.h"
#include "app/settings.h"
#include "engine/files/file.h"
#include "engine/files/scenario.h"

#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QMap>
#include <QMenu>
#include <QMessageBox>
#include <QMimeData>
#include <QUrl>

using namespace Qt::StringLiterals;

namespace blockscope::app {

namespace {

Result<Scenario> readScenarioFile(const QString &path)
{
    const auto text = readFile(path);
    return text ? readScenario(*text) : Result<Scenario>(text.error());
}

QString openFilters()
{
    return FileCommands::tr("Scenarios and captures (*.blockscope *.json);;All files (*)");
}

QString saveFilter()
{
    return FileCommands::tr("Scenarios (*.blockscope)");
}

/// "&3 name": the mnemonic is the number, and names may hold any character.
QString recentText(int number, const QString &path)
{
    QString name = QFileInfo(path).fileName();
    name.replace(u'&', u"&&"_s);
    return u"&%1 %2"_s.arg(QString::number(number % 10), name);
}

} // namespace

FileCommands::FileCommands(Document &document, Settings &settings, MessageBar &messages, QWidget &window)
    : QObject(&window), m_document(document), m_settings(settings), m_messages(messages), m_window(window)
{
}

void FileCommands::create()
{
    if (!mayLeave())
        return;
    m_document.create();
    m_messages.dismiss();
    Q_EMIT opened();
}

void FileCommands::open()
{
    const QString path =
        QFileDialog::getOpenFileName(&m_window, tr("Open"), m_settings.documentFolder(), openFilters());
    if (!path.isEmpty())
        openPath(path);
}

bool FileCommands::openPath(const QString &path)
{
    if (!mayLeave())
        return false;
    if (const auto error = m_document.open(path)) {
        report(tr("“%1” could not be opened.").arg(QFileInfo(path).fileName()), path, *error);
        m_settings.removeRecentFile(QFileInfo(path).absoluteFilePath());
        return false;
    }
    m_settings.addRecentFile(m_document.source());
    m_settings.setDocumentFolder(QFileInfo(m_document.source()).absolutePath());
    m_messages.dismiss();
    greet();
    Q_EMIT opened();
    return true;
}

bool FileCommands::openExample(const QString &resource)
{
    if (!mayLeave())
        return false;
    if (const auto error = m_document.openExample(resource)) {
        report(tr("The example could not be opened."), resource, *error);
        return false;
    }
    m_messages.dismiss();
    Q_EMIT opened();
    return true;
}

bool FileCommands::save()
{
    return m_document.path().isEmpty() ? saveAs() : saveTo(m_document.path());
}

bool FileCommands::saveAs()
{
    const QString name = QFileInfo(m_document.name()).completeBaseName();
    const QString folder =
        m_document.source().isEmpty() ? m_settings.documentFolder() : QFileInfo(m_document.source()).absolutePath();
    QFileDialog dialog(&m_window, tr("Save As"), folder, saveFilter());
    dialog.setAcceptMode(QFileDialog::AcceptSave);
    dialog.setDefaultSuffix(u"blockscope"_s);
    dialog.selectFile(name + u".blockscope"_s);
    if (dialog.exec() != QDialog::Accepted || dialog.selectedFiles().isEmpty())
        return false;
    return saveTo(dialog.selectedFiles().constFirst());
}

bool FileCommands::saveTo(const QString &path)
{
    if (const auto error = m_document.save(path)) {
        report(tr("“%1” could not be saved.").arg(QFileInfo(path).fileName()), path, *error);
        return false;
    }
    m_settings.addRecentFile(m_document.path());
    m_settings.setDocumentFolder(QFileInfo(path).absolutePath());
    m_messages.dismiss();
    return true;
}

bool FileCommands::mayLeave()
{
    if (!m_document.isModified())
        return true;
    QMessageBox box(QMessageBox::Warning, tr("Unsaved Changes"), tr("Save the changes to “%1”?").arg(m_document.name()),
                    QMessageBox::Save | QMessageBox::Discard | QMessageBox::Cancel, &m_window);
    box.setInformativeText(tr("What happened since it was opened or saved would be lost."));
    box.setDefaultButton(QMessageBox::Save);
    switch (box.exec()) {
    case QMessageBox::Save:
        return save();
    case QMessageBox::Discard:
        return true;
    default:
        return false;
    }
}

void FileCommands::report(const QString &title, const QString &path, const Error &error)
{
    const QString cause = QString::fromStdString(error.what);
    const QString place = QString::fromStdString(error.where);
    // Some errors name the file themselves.
    const bool hasPlace = !place.isEmpty() && place != path;
    const QString file = QDir::toNativeSeparators(path);
    //: %1 is a file, %2 a place in it, %3 what is wrong there
    m_messages.show(MessageBar::Kind::Warning, title,
                    hasPlace ? tr("%1, at %2: %3").arg(file, place, cause) : tr("%1: %2").arg(file, cause));
}

void FileCommands::greet()
{
    const QStringList notes = m_document.importNotes();
    if (notes.isEmpty())
        return;
    m_messages.show(MessageBar::Kind::Information, tr("Opened a capture from QEMU."),
                    tr("%n thing(s) were concluded rather than captured.", nullptr, static_cast<int>(notes.size())));
    m_messages.setAction(tr("Details…"), [this] { showImportNotes(); });
}

void FileCommands::showImportNotes()
{
    auto *box =
        new QMessageBox(QMessageBox::Information, tr("Concluded, Not Captured"),
                        tr("These are conclusions about %1:").arg(m_document.name()), QMessageBox::Ok, &m_window);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setTextFormat(Qt::PlainText);
    box->setInformativeText(m_document.importNotes().join(u"\n\n"_s));
    box->open();
}

void FileCommands::fillExamples(QMenu &menu)
{
    connect(&menu, &QMenu::aboutToShow, this, [this, &menu] {
        if (menu.isEmpty())
            addExamples(menu);
    });
}

void FileCommands::addExamples(QMenu &menu)
{
    QMap<QString, QString> examples; // by title
    for (const QFileInfo &file : QDir(u":/scenarios"_s).entryInfoList()) {
        const auto scenario = readScenarioFile(file.filePath());
        const QString title = scenario ? QString::fromStdString(scenario->title) : QString();
        examples.insert(title.isEmpty() ? file.completeBaseName() : title, file.filePath());
    }
    for (auto each = examples.cbegin(); each != examples.cend(); ++each) {
        QString text = each.key();
        menu.addAction(text.replace(u'&', u"&&"_s), this, [this, path = each.value()] { openExample(path); });
    }
}

void FileCommands::fillRecent(QMenu &menu)
{
    connect(&menu, &QMenu::aboutToShow, this, [this, &menu] {
        menu.clear();
        int number = 0;
        for (const QString &path : m_settings.recentFiles()) {
            QAction *action = menu.addAction(recentText(++number, path), this, [this, path] { openPath(path); });
            action->setStatusTip(path);
            action->setToolTip(path);
            action->setEnabled(QFileInfo::exists(path));
        }
        if (number == 0)
            menu.addAction(tr("No Recent Files"))->setEnabled(false);
        menu.addSeparator();
        QAction *clear = menu.addAction(tr("&Clear List"), this, [this] { m_settings.clearRecentFiles(); });
        clear->setEnabled(number > 0);
    });
}

QStringList FileCommands::filesIn(const QMimeData &data)
{
    QStringList files;
    for (const QUrl &url : data.urls()) {
        if (url.isLocalFile())
            files.append(url.toLocalFile());
    }
    return files;
}

} // namespace blockscope::app
