// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// What the tests of files share: captures by name, broken variants of a
/// document, and the promises that hold for anything that could be read.

#include "engine/files/capture.h"
#include "engine/files/file.h"
#include "engine/files/jsonreader.h"
#include "engine/files/jsonwriter.h"

#include <QDir>
#include <QTest>

namespace blockscope::test {

inline QString captureFolder()
{
    return QStringLiteral(BLOCKSCOPE_TEST_DATA "/graphs/");
}

inline QStringList captureNames()
{
    QStringList names = QDir(captureFolder()).entryList({QStringLiteral("*.json")}, QDir::Files, QDir::Name);
    names.removeAll(QStringLiteral("index.json"));
    return names;
}

inline QByteArray captureText(const QString &name)
{
    const auto text = readFile(captureFolder() + name);
    return text ? *text : QByteArray();
}

inline Value parsed(const QByteArray &text)
{
    auto value = readJson({text.constData(), static_cast<std::size_t>(text.size())});
    return value ? *value : Value();
}

inline QByteArray toText(const Value &value)
{
    return QByteArray::fromStdString(writeJson(value));
}

/// Empty when \a scenario is saved and loaded without loss, to the same bytes; else what is wrong.
inline QByteArray lossOf(const Scenario &scenario)
{
    if (!verify(scenario.world))
        return "verify() fails";
    const QByteArray text = writeScenario(scenario);
    const auto again = readScenario(text);
    if (!again)
        return "cannot be read again: " + QByteArray::fromStdString(again.error().where + ": " + again.error().what);
    if (!(*again == scenario))
        return "is another after reading";
    if (writeScenario(*again) != text)
        return "gives other bytes after reading";
    return {};
}

/// Empty when \a result is a sound scenario or a useful error; else what is wrong.
inline QByteArray faultOf(const Result<Scenario> &result)
{
    if (result)
        return lossOf(*result);
    const Error &error = result.error();
    if (!error.code.starts_with("FILE-") || error.where.empty() || error.what.empty())
        return "useless error: " + QByteArray::fromStdString(error.code + " / " + error.where + " / " + error.what);
    return {};
}

/// Calls \a check with every variant of \a document in which one member or item is taken out or is something else.
template <class Check>
void forEachDamage(Value &document, Value &part, const Check &check)
{
    static const std::vector<Value> kOther{Value(),
                                           true,
                                           std::int64_t{-1},
                                           std::int64_t{9'000'000'000'000'000'000},
                                           1e308,
                                           "",
                                           "no such thing",
                                           Value::List(),
                                           Value(Value::List{Value()}),
                                           Object(),
                                           Object{{"x", {}}}};
    const auto replaceEach = [&](Value &member) {
        const Value saved = member;
        for (const Value &other : kOther) {
            member = other;
            check(document);
        }
        member = saved;
        forEachDamage(document, member, check);
    };
    if (auto *list = part.asList()) {
        // The first few say all: the items of a list are alike.
        for (std::size_t i = 0; i < std::min<std::size_t>(list->size(), 3); ++i)
            replaceEach((*list)[i]);
        const Value::List saved = *list;
        if (!saved.empty()) {
            list->erase(list->begin());
            check(document);
            *list = saved;
            list->push_back(saved.front());
            check(document);
            *part.asList() = saved;
        }
    } else if (auto *object = part.asObject()) {
        std::vector<std::string> keys;
        for (const auto &[key, value] : *object)
            keys.push_back(key);
        for (const std::string &key : keys) {
            const Value saved = object->at(key);
            object->erase(key);
            check(document);
            (*object)[key] = saved;
            replaceEach(object->at(key));
        }
    }
}

} // namespace blockscope::test
