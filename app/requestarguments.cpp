// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "app/requestarguments.h"

#include "engine/files/jsonreader.h"
#include "engine/operations/catalogue.h"

#include <QCoreApplication>

#include <algorithm>
#include <string_view>
#include <vector>

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

/// How many letters must be added, left out or replaced, or neighbours exchanged, to get from one to the other.
std::size_t editsBetween(std::string_view one, std::string_view other)
{
    std::vector<std::vector<std::size_t>> edits(one.size() + 1, std::vector<std::size_t>(other.size() + 1));
    for (std::size_t i = 0; i <= one.size(); ++i) {
        for (std::size_t j = 0; j <= other.size(); ++j) {
            if (i == 0 || j == 0) {
                edits[i][j] = i + j;
                continue;
            }
            const std::size_t replaced = edits[i - 1][j - 1] + (one[i - 1] == other[j - 1] ? 0 : 1);
            edits[i][j] = std::min({edits[i - 1][j] + 1, edits[i][j - 1] + 1, replaced});
            const bool isExchange = i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1];
            if (isExchange)
                edits[i][j] = std::min(edits[i][j], edits[i - 2][j - 2] + 1);
        }
    }
    return edits[one.size()][other.size()];
}

/// The one of \a candidates that is most like \a name; empty when none is.
std::string_view mostLike(std::string_view name, const std::vector<std::string_view> &candidates)
{
    std::string_view best;
    std::size_t fewest = 1 + std::max<std::size_t>(1, name.size() / 3);
    for (std::string_view candidate : candidates) {
        const std::size_t edits = editsBetween(name, candidate);
        if (edits >= fewest)
            continue;
        best = candidate;
        fewest = edits;
    }
    return best;
}

/// Of the parameters that are not given the one that is most like \a name.
std::string_view similarParameter(const Operation &operation, const Object &arguments, std::string_view name)
{
    std::vector<std::string_view> missing;
    for (const Parameter &parameter : operation.parameters) {
        if (find(arguments, parameter.name) == nullptr)
            missing.push_back(parameter.name);
    }
    return mostLike(name, missing);
}

QString textOf(std::string_view utf8)
{
    return QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size()));
}

QString similarOperationHint(const std::string &name)
{
    std::vector<std::string_view> names;
    for (const Operation *operation : operations())
        names.push_back(operation->name);
    const std::string_view similar = mostLike(name, names);
    return similar.empty() ? QString() : Arguments::tr("Did you mean “%1”?").arg(textOf(similar));
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

QString unknownNameHint(const std::string &operation, const Object &arguments)
{
    const Operation *known = findOperation(operation);
    if (known == nullptr)
        return similarOperationHint(operation);
    if (known->takesMoreOptions)
        return {};
    const auto unknown = std::find_if(arguments.begin(), arguments.end(), [&](const auto &argument) {
        return known->parameter(argument.first) == nullptr;
    });
    if (unknown == arguments.end())
        return {};
    const QString name = textOf(unknown->first);
    const std::string_view similar = similarParameter(*known, arguments, unknown->first);
    if (similar.empty())
        return Arguments::tr("There is no parameter “%1”.").arg(name);
    return Arguments::tr("There is no parameter “%1”; did you mean “%2”?").arg(name, textOf(similar));
}

} // namespace blockscope::app
