// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "app/document.h"

#include "app/inputfile.h"
#include "engine/files/file.h"

#include <QFileInfo>

using namespace Qt::StringLiterals;

namespace blockscope::app {

namespace {

/// True when saving there would not overwrite what QEMU said.
bool isScenarioFile(const QString &path)
{
    return QFileInfo(path).suffix().compare("blockscope"_L1, Qt::CaseInsensitive) == 0;
}

/// Devices and pipes could be read for ever.
std::optional<Error> whyUnreadable(const QString &path)
{
    const QFileInfo info(path);
    if (!info.exists())
        return Error{"FILE-READ", {}, Document::tr("There is no such file.").toStdString()};
    if (info.isDir())
        return Error{"FILE-READ", {}, Document::tr("This is a folder.").toStdString()};
    if (!info.isFile())
        return Error{"FILE-READ", {}, Document::tr("This is not a regular file.").toStdString()};
    return std::nullopt;
}

} // namespace

Document::Document(views::Session &session, QObject *parent) : QObject(parent), m_session(session)
{
    connect(&session.undoStack(), &QUndoStack::cleanChanged, this, &Document::changed);
}

void Document::create()
{
    show({}, {}, {});
}

std::optional<Error> Document::open(const QString &path)
{
    if (auto error = whyUnreadable(path))
        return error;
    Result<Scenario> read = readInput(path);
    if (!read)
        return read.error();
    const QString absolute = QFileInfo(path).absoluteFilePath();
    show(std::move(*read), isScenarioFile(path) ? absolute : QString(), absolute);
    return std::nullopt;
}

std::optional<Error> Document::openExample(const QString &resource)
{
    Result<Scenario> read = readInput(resource);
    if (!read)
        return read.error();
    show(std::move(*read), {}, {});
    return std::nullopt;
}

void Document::show(Scenario scenario, const QString &path, const QString &source)
{
    std::vector<Event> events;
    for (const ScenarioEvent &each : scenario.events)
        events.push_back(each.event);
    m_scenario = std::move(scenario);
    m_path = path;
    m_source = source;
    m_session.reset(m_scenario.world, events);
    Q_EMIT changed();
}

std::optional<Error> Document::save(const QString &path)
{
    Scenario saved = scenario();
    if (auto error = writeFile(path, writeScenario(saved)))
        return error;
    m_scenario = std::move(saved);
    m_path = m_source = QFileInfo(path).absoluteFilePath();
    m_session.undoStack().setClean();
    Q_EMIT changed();
    return std::nullopt;
}

QString Document::name() const
{
    if (!m_source.isEmpty())
        return QFileInfo(m_source).fileName();
    return title().isEmpty() ? tr("Untitled") : title();
}

bool Document::isModified() const
{
    return !m_session.undoStack().isClean();
}

QStringList Document::importNotes() const
{
    QStringList notes;
    const Value *list = find(m_scenario.extra, "import-notes");
    if (list == nullptr || list->asList() == nullptr)
        return notes;
    for (const Value &note : *list->asList()) {
        if (const std::string *text = note.asString())
            notes.append(QString::fromStdString(*text));
    }
    return notes;
}

Scenario Document::scenario() const
{
    Scenario scenario = m_scenario;
    scenario.world = m_session.initialWorld();
    scenario.events.clear();
    const auto &log = m_session.log();
    for (std::size_t i = 0; i < log.size(); ++i) {
        const bool isFromFile = i < m_scenario.events.size() && m_scenario.events[i].event == log[i].event;
        scenario.events.push_back(isFromFile ? m_scenario.events[i] : ScenarioEvent{log[i].event, {}, {}});
    }
    return scenario;
}

} // namespace blockscope::app
