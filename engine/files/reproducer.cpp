// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "engine/files/reproducer.h"

#include "engine/files/eventjson.h"
#include "engine/files/jsonwriter.h"

#include <QFile>
#include <QString>

#include <cassert>

using namespace Qt::StringLiterals;

namespace blockscope {

namespace {

/// JSON in ASCII without a single quote. Neither stands anywhere but in JSON's strings, which can escape them.
QByteArray asLiteral(const Value &value)
{
    const QString json = QString::fromStdString(writeJson(value)).trimmed();
    QByteArray literal;
    for (const QChar c : json) {
        const bool isPlain = (c >= u' ' && c < u'\x7f' && c != u'\'') || c == u'\n';
        if (isPlain)
            literal += c.toLatin1();
        else
            literal += "\\u" + QByteArray::number(c.unicode(), 16).rightJustified(4, '0');
    }
    return literal;
}

Value stepOf(const ReproducedEvent &event, const std::function<std::string(const Unplayed &)> &sentence)
{
    Object step = event.step;
    step["index"] = static_cast<std::int64_t>(event.index);
    if (event.unplayed || !event.isCompared)
        step["event"] = writeEvent(event.event);
    if (event.unplayed)
        step["skip"] = sentence(*event.unplayed);
    else if (event.isCompared)
        step["ours"] = toString(event.ours);
    return step;
}

QByteArray programText()
{
    QFile file(u":/reproduce/reproduce.py"_s);
    const bool isOpen = file.open(QIODevice::ReadOnly);
    assert(isOpen);
    return isOpen ? file.readAll() : QByteArray();
}

} // namespace

QByteArray reproducerScript(const Reproduction &reproduction, const std::string &title,
                            const std::function<std::string(const Unplayed &)> &sentence)
{
    Value::List events;
    for (const ReproducedEvent &event : reproduction.events)
        events.push_back(stepOf(event, sentence));
    Value::List notes;
    for (const Unplayed &note : reproduction.notes)
        notes.emplace_back(sentence(note));
    const Object plan{{"title", title},
                      {"notes", std::move(notes)},
                      {"images", reproduction.images},
                      {"qemu", reproduction.qemu},
                      {"setup", reproduction.setup},
                      {"events", std::move(events)}};
    return programText().replace("@PLAN@", asLiteral(plan));
}

} // namespace blockscope
