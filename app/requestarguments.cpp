// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "app/requestarguments.h"

#include "engine/files/jsonreader.h"
#include "engine/operations/catalogue.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace blockscope::app {

namespace {

struct Arguments
{
    Q_DECLARE_TR_FUNCTIONS(Arguments)
};

Error wrong(const std::string &key, const QString &what)
{
    return {"ARG-TYPE", key, what.toStdString()};
}

Result<Value> numberFrom(const std::string &key, const QString &word)
{
    bool isNumber = false;
    const qlonglong number = word.toLongLong(&isNumber);
    if (!isNumber)
        return wrong(key, Arguments::tr("“%1” is no whole number.").arg(word));
    return Value(std::int64_t{number});
}

Result<Value> booleanFrom(const std::string &key, const QString &word)
{
    if (word == "true"_L1 || word == "on"_L1)
        return Value(true);
    if (word == "false"_L1 || word == "off"_L1)
        return Value(false);
    return wrong(key, Arguments::tr("“%1” is neither true nor false.").arg(word));
}

Result<Value> jsonFrom(const std::string &key, const QString &word)
{
    const Result<Value> value = readJson(word.toStdString());
    if (!value)
        return Error{value.error().code, key + ", " + value.error().where, value.error().what};
    return *value;
}

Result<Value> valueFrom(const Operation *operation, const std::string &key, const QString &word)
{
    if (word.startsWith(u'{') || word.startsWith(u'['))
        return jsonFrom(key, word);
    const Parameter *parameter = operation != nullptr ? operation->parameter(key) : nullptr;
    if (parameter != nullptr && parameter->kind == Parameter::Kind::Number)
        return numberFrom(key, word);
    if (parameter != nullptr && parameter->kind == Parameter::Kind::Boolean)
        return booleanFrom(key, word);
    return Value(word.toStdString());
}

// "file.driver" is a member of the object "file", as on QEMU's command line. False when it is there already.
bool insert(Object &object, const QString &key, Value value)
{
    const qsizetype dot = key.indexOf(u'.');
    const std::string name = (dot < 0 ? key : key.first(dot)).toStdString();
    if (dot < 0)
        return object.emplace(name, std::move(value)).second;
    Value &member = object.emplace(name, Object{}).first->second;
    return member.asObject() != nullptr && insert(*member.asObject(), key.mid(dot + 1), std::move(value));
}

} // namespace

Result<Object> readArguments(const std::string &operation, const QStringList &words)
{
    Object object;
    for (const QString &word : words) {
        const qsizetype equals = word.indexOf(u'=');
        if (equals < 1)
            return wrong(word.toStdString(), Arguments::tr("Arguments are written KEY=VALUE."));
        const QString key = word.first(equals);
        const Result<Value> value = valueFrom(findOperation(operation), key.toStdString(), word.mid(equals + 1));
        if (!value)
            return value.error();
        if (!insert(object, key, *value))
            return wrong(key.toStdString(), Arguments::tr("This is given twice."));
    }
    return object;
}

} // namespace blockscope::app
