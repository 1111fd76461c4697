// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "app/inputfile.h"
#include "engine/files/jsonwriter.h"
#include "engine/files/names.h"
#include "engine/policies/policy.h"
#include "engine/policies/qemu/permissioncheck.h"
#include "engine/run/jobgraph.h"
#include "engine/world/permissions.h"

using namespace Qt::StringLiterals;

namespace blockscope::app {

namespace {

/// As x-debug-query-block-graph names it: a BlockBackend by its name, else by its device, else not at all.
std::string parentName(const World &world, const Parent &parent)
{
    if (parent.isNode())
        return world.node(parent.node()).name;
    if (parent.kind == Parent::Kind::Job)
        return world.job(JobId{parent.id}).name;
    const User &user = world.user(UserId{parent.id});
    if (user.kind != User::Kind::Guest || !user.backendName.empty())
        return user.backendName;
    return user.qdev.empty() ? user.name : user.qdev;
}

void print(const Call &call, const World &world, const Edge &edge, const Permissions &permissions, bool isJson)
{
    const std::string parent = parentName(world, edge.parent);
    const std::string &child = world.node(edge.child).name;
    if (isJson) {
        const Object line{{"parent", parent},
                          {"child", child},
                          {"role", edge.role},
                          {"perm", permissionsToJson(permissions.perm)},
                          {"shared-perm", permissionsToJson(permissions.sharedPerm)}};
        call.out << QString::fromStdString(writeJsonLine(line)) << '\n';
        return;
    }
    const auto names = [](PermissionSet set) {
        return set == 0 ? Cli::tr("nothing") : QString::fromStdString(qemu::permissionNames(set));
    };
    const QString who = parent.empty() ? Cli::tr("(no name)") : QString::fromStdString(parent);
    call.out << Cli::tr("%1 -%2-> %3: needs %4; shares %5", "parent, role, child, two lists of permissions")
                    .arg(who, QString::fromStdString(edge.role), QString::fromStdString(child), names(permissions.perm),
                         names(permissions.sharedPerm))
             << '\n';
}

int run(const Call &call)
{
    QCommandLineParser parser;
    parser.addPositionalArgument(u"file"_s, Cli::tr("A scenario or a capture."), u"FILE"_s);
    parser.addOptions({atOption(), formatOption()});
    if (const auto exit = parse(parser, kPermissionsVerb, call))
        return *exit;
    const QStringList words = parser.positionalArguments();
    if (words.size() != 1)
        return failUsage(call, kPermissionsVerb, Cli::tr("One file is expected."));
    const Result<bool> isJson = wantsJson(parser);
    if (!isJson)
        return fail(call, u"permissions"_s, isJson.error());
    Result<Scenario> scenario = readInput(words.first());
    if (!scenario)
        return fail(call, words.first(), scenario.error());
    const Result<std::size_t> count = eventCount(parser, scenario->events.size());
    if (!count)
        return fail(call, u"permissions"_s, count.error());
    World &world = scenario->world;
    play(world, scenario->events, *count);
    usePolicy(world, kQemuPolicy); // jobs have their links in the graph
    PermissionTable table(world);
    for (EdgeId id : world.graph.edges())
        print(call, world, world.graph.edge(id), table.through(id), *isJson);
    return kSuccess;
}

} // namespace

const Verb kPermissionsVerb{
    "permissions", QT_TRANSLATE_NOOP("Cli", "Prints what every link needs and shares, by QEMU's permissions."), run};

} // namespace blockscope::app
