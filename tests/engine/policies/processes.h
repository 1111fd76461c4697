// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// Processes of the record of two processes and one image (tests/data/qemu/locking.json), started here: what stands
/// on their command line is sent as the events that it stands for, what a tool opens is opened as imagetools.h says.

#include "engine/world/imagelock.h"
#include "tests/engine/policies/imageoptions.h"
#include "tests/engine/policies/imagetools.h"
#include "tests/engine/policies/records.h"

namespace blockscope::test {

/// Why a process did not start, or what a command was answered.
struct Failure
{
    std::string text;
    std::string image = {}; ///< whose lock it did not get
};

inline Words wordsOf(const Value *list)
{
    Words words;
    for (const Value &each : list != nullptr ? *list->asList() : Value::List())
        words.push_back(*each.asString());
    return words;
}

/// "type=nbd,id=e" and the like; a first word without a name is "driver".
inline Object keyValues(const std::string &text)
{
    Object object;
    for (const QString &each : QString::fromStdString(text).split(u',')) {
        const QString key = each.section(u'=', 0, 0);
        const QString value = each.section(u'=', 1);
        if (!each.contains(u'='))
            object["driver"] = key.toStdString();
        else if (value == u"on" || value == u"off")
            object[key.toStdString()] = value == u"on";
        else
            object[key.toStdString()] = value.toStdString();
    }
    return object;
}

class Process
{
public:
    /// \a host is empty for the first process.
    Process(World &world, std::string host) : m_world(world), m_host(std::move(host)) {}

    std::optional<Failure> start(const Words &argv)
    {
        setRunState(m_world, runStateOf(argv), m_host);
        if (const auto steps = toolSteps(argv); !steps.empty())
            return runTool(steps);
        for (std::size_t i = 1; i + 1 < argv.size(); ++i) {
            if (auto failure = obey(argv[i], argv[i + 1]))
                return failure;
        }
        return std::nullopt;
    }

    std::optional<Failure> send(const std::string &execute, const Object &arguments)
    {
        QmpCommand command{execute, m_host.empty() ? arguments : renamed(arguments, execute), {}, m_host};
        const Outcome outcome = apply(m_world, command);
        if (outcome.kind == Outcome::Kind::Allowed)
            return std::nullopt;
        if (outcome.error)
            return Failure{replaced(outcome.error->what, "'" + kPrefix, "'")};
        const NodeId node = outcome.verdict.reasons.front().node;
        return Failure{outcome.verdict.error, node.isValid() ? m_world.node(node).filename : std::string()};
    }

private:
    static std::string runStateOf(const Words &argv)
    {
        const auto has = [&](const char *word) { return std::find(argv.begin(), argv.end(), word) != argv.end(); };
        if (has("-incoming"))
            return "inmigrate";
        return has("-S") ? "prelaunch" : "running";
    }

    /// Node-names are of one process in QEMU, and of all here.
    static Value renamed(const Value &value, const std::string &key, const std::string &command)
    {
        static const std::vector<std::string> kNames{"node-name", "device",   "drive", "target", "backing",
                                                     "base-node", "top-node", "id",    "job-id", "snapshot-node-name"};
        if (const Object *object = value.asObject())
            return renamed(*object, command);
        if (const Value::List *list = value.asList()) {
            Value::List items;
            for (const Value &each : *list)
                items.push_back(renamed(each, key, command));
            return items;
        }
        const bool isNode = key == "file" && command != "drive_add";
        if (value.asString() != nullptr && (isNode || std::find(kNames.begin(), kNames.end(), key) != kNames.end()))
            return kPrefix + *value.asString();
        return value;
    }

    static Object renamed(const Object &object, const std::string &command)
    {
        Object result;
        for (const auto &[key, value] : object)
            result[key] = renamed(value, key, command);
        return result;
    }

    std::optional<Failure> obey(const std::string &option, const std::string &value)
    {
        if (option == "-blockdev" || option == "--blockdev")
            return addNode(*readJson(value)->asObject());
        if (option == "-drive")
            return addDrive(keyValues(value));
        if (option == "-device" && !value.starts_with("virtio-scsi-pci"))
            return send("device_add", keyValues(value));
        if (option == "--nbd-server")
            return send("nbd-server-start", {{"addr", Object{{"type", "unix"}, {"path", "nbd.sock"}}}});
        if (option == "--export")
            return send("block-export-add", keyValues(value));
        return std::nullopt;
    }

    std::optional<Failure> addNode(Object options)
    {
        const Value *file = find(options, "file");
        const std::string *filename =
            file != nullptr && file->asObject() != nullptr ? findString(*file->asObject(), "filename") : nullptr;
        if (filename != nullptr && !options.contains("backing"))
            addBacking(options, *filename, *findString(options, "node-name"));
        return send("blockdev-add", options);
    }

    /// With snapshot=on the guest writes to a temporary overlay.
    std::optional<Failure> addDrive(const Object &drive)
    {
        const std::string file = *findString(drive, "file");
        if (!drive.contains("snapshot")) {
            if (auto failure = send("drive_add", {{"file", file}, {"format", formatOf(file)}, {"id", "virtio0"}}))
                return failure;
        } else {
            Object overlay = imageOptions("temporary" + m_host + ".qcow2", "virtio0", true, false);
            overlay["backing"] = imageOptions(file, "virtio0-" + file, false, true);
            if (auto failure = send("blockdev-add", overlay))
                return failure;
        }
        return send("device_add", {{"driver", "virtio-blk-pci"}, {"drive", "virtio0"}});
    }

    std::optional<Failure> runTool(const std::vector<ToolStep> &steps)
    {
        int number = 0;
        for (const ToolStep &step : steps) {
            if (auto failure = runStep(step, "image" + std::to_string(number++)))
                return failure;
        }
        return std::nullopt;
    }

    std::optional<Failure> runStep(const ToolStep &step, const std::string &name)
    {
        switch (step.kind) {
        case ToolStep::Kind::Open:
            return open(step, name);
        case ToolStep::Kind::Create:
            return create(step.filename);
        case ToolStep::Kind::Commit:
            return send(
                "block-commit",
                {{"device", "image0"}, {"base-node", backingName("image0", step.filename)}, {"job-id", "commit"}});
        case ToolStep::Kind::Serve:
            break;
        }
        if (auto failure = send("nbd-server-start", {{"addr", Object{{"type", "unix"}, {"path", "nbd.sock"}}}}))
            return failure;
        return send("block-export-add",
                    {{"type", "nbd"}, {"id", "e"}, {"node-name", "image0"}, {"writable", step.isWritable}});
    }

    std::optional<Failure> open(const ToolStep &step, const std::string &name)
    {
        Object options = imageOptions(step.filename, name, step.isWritable, step.withBacking);
        if (step.forceShare)
            options["force-share"] = true;
        if (auto failure = send("blockdev-add", options))
            return failure;
        return step.taken ? use(name, *step.taken) : std::nullopt;
    }

    /// Makes a file: it is open only meanwhile.
    std::optional<Failure> create(const std::string &filename)
    {
        const auto conflict = conflictWith(m_world, {filename, kCreatesFile});
        if (!conflict)
            return std::nullopt;
        return Failure{lockText(conflict->permission, conflict->wantsShared), filename};
    }

    /// Gives the tool's BlockBackend a node.
    std::optional<Failure> use(const std::string &name, Permissions taken)
    {
        World after = m_world;
        User user;
        user.kind = User::Kind::Backend;
        user.host = m_host;
        const UserId tool = addUser(after, user, std::nullopt);
        const NodeId node = *after.graph.findNode(m_host.empty() ? name : kPrefix + name);
        attach(after, Parent::of(tool), node, "root", taken);
        const auto conflicts = newLockConflicts(m_world, after);
        if (!conflicts.empty())
            return Failure{lockText(conflicts.front().permission, conflicts.front().wantsShared),
                           m_world.node(conflicts.front().wanting).filename};
        m_world = std::move(after);
        return std::nullopt;
    }

    static inline const std::string kPrefix = "b-";

    World &m_world;
    std::string m_host;
};

} // namespace blockscope::test
