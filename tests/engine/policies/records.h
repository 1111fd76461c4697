// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// Outcomes recorded from a real QEMU 7.2 (tests/data/qemu/README.md), and how they are replayed here.

#include "engine/files/capture.h"
#include "engine/files/eventjson.h"
#include "engine/files/jsonreader.h"
#include "engine/files/jsonwriter.h"
#include "engine/policies/cause.h"
#include "engine/policies/policy.h"
#include "engine/run/apply.h"
#include "engine/run/jobgraph.h"

#include <QFile>
#include <QString>
#include <QStringList>

#include <map>

namespace blockscope::test {

inline QByteArray recordFile(const char *name)
{
    QFile file(QStringLiteral(BLOCKSCOPE_TEST_DATA "/qemu/") + QString::fromLatin1(name));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

inline Value recordJson(const char *name)
{
    const QByteArray text = recordFile(name);
    const auto value = readJson({text.constData(), static_cast<std::size_t>(text.size())});
    return value ? *value : Value();
}

inline std::string replaced(std::string text, const std::string &what, const std::string &with)
{
    for (std::size_t at = 0; (at = text.find(what, at)) != std::string::npos; at += with.size())
        text.replace(at, what.size(), with);
    return text;
}

/// One command of a record; \a suffix stands for "$S".
inline QmpCommand recordedCommand(const Value &value, const std::string &suffix)
{
    const std::string text = replaced(replaced(writeJsonLine(value), "$S", suffix), "$A", "A");
    const auto again = readJson(text);
    const Object &object = *again->asObject();
    const Value *arguments = find(object, "arguments");
    return {*findString(object, "execute"), arguments != nullptr ? *arguments->asObject() : Object()};
}

/// A filter whose name QEMU made up stands for the node that the guest's disk sits on.
inline QmpCommand withoutMadeUpNames(QmpCommand command)
{
    for (auto &[key, value] : command.arguments) {
        if (value.asString() != nullptr && value.asString()->starts_with("#block"))
            value = Value("@root");
    }
    return command;
}

/// What one or more commands came to: the first that fails decides.
struct Answer
{
    bool isAllowed = true;
    std::string error;
};

inline Answer send(World &world, const QmpCommand &command)
{
    const Outcome outcome = apply(world, command);
    if (outcome.kind == Outcome::Kind::Allowed)
        return {};
    return {false, outcome.error ? outcome.error->what : outcome.verdict.error};
}

class Records
{
public:
    Records()
    {
        const Value document = recordJson("operations.json");
        const Object &root = *document.asObject();
        for (const Value &operation : *find(root, "operations")->asList())
            m_operations[*findString(*operation.asObject(), "name")] =
                *find(*operation.asObject(), "commands")->asList();
        m_setup = *find(root, "setup_qmp")->asList();
        const std::string capture = writeJson(*find(root, "initial_capture"));
        const auto scenario = readCapture(QByteArray::fromStdString(capture));
        if (scenario)
            m_initial = scenario->world;
    }

    /// The World that a record of \a round begins with.
    World start(const std::string &round) const
    {
        World world = m_initial;
        usePolicy(world, kQemuPolicy);
        for (auto &user : world.users) {
            if (user->kind == User::Kind::Guest && !user->isRemovable)
                user.edit().sharesWrites = round == "sharerw";
        }
        for (const Value &each : m_setup)
            static_cast<void>(send(world, recordedCommand(each, "S")));
        if (round == "running")
            static_cast<void>(send(world, {"cont", {}}));
        return world;
    }

    Answer run(World &world, const std::string &operation, const std::string &suffix) const
    {
        Answer answer;
        const auto found = m_operations.find(operation);
        if (found == m_operations.end())
            return answer;
        for (const Value &each : found->second) {
            const Answer one = send(world, recordedCommand(each, suffix));
            if (answer.isAllowed && !one.isAllowed)
                answer = one;
        }
        return answer;
    }
    bool hasInitial() const { return m_initial.graph.nodeCount() > 0; }

private:
    std::map<std::string, Value::List> m_operations;
    Value::List m_setup;
    World m_initial;
};

/// Brings the jobs of \a world to where they were: "jobA:commit:running".
inline void settleJobs(World &world, const std::string &jobs)
{
    std::map<std::string, std::string> wanted;
    for (const QString &job : QString::fromStdString(jobs).split(u' ', Qt::SkipEmptyParts)) {
        const QStringList parts = job.split(u':');
        wanted[parts.at(0).toStdString()] = parts.at(2).toStdString();
    }
    for (JobId id : world.liveJobs()) {
        const std::string name = world.job(id).name;
        const auto found = wanted.find(name);
        const JobStatus status = found == wanted.end() ? JobStatus::Null : *jobStatusFromString(found->second);
        static_cast<void>(apply(world, RunUntilControl{name, status}));
    }
}

} // namespace blockscope::test
