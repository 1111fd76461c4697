// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "engine/text/names.h"

#include "engine/graph/walk.h"
#include "engine/operations/catalogue.h"
#include "engine/run/hmp.h"
#include "engine/text/policytext.h"

#include <QCoreApplication>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace blockscope {

namespace {

struct Names
{
    Q_DECLARE_TR_FUNCTIONS(Names)
};

QString text(std::string_view utf8)
{
    return QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size()));
}

QString userName(const User &user)
{
    const QString name = text(user.name);
    switch (user.kind) {
    case User::Kind::Guest:
        return Names::tr("guest %1").arg(name);
    case User::Kind::Export:
        return Names::tr("export %1").arg(name);
    case User::Kind::Backend:
        return Names::tr("backend %1").arg(name);
    }
    return name;
}

// A link is known by its parent: it is the overlay that needs its backing file.
QString parentName(const World &world, const Edge &edge)
{
    if (edge.parent.kind == Parent::Kind::User)
        return userName(world.user(UserId{edge.parent.id}));
    if (edge.parent.kind == Parent::Kind::Job)
        return holderName(world, Holder::of(JobId{edge.parent.id}));
    const QString name = nodeName(world, edge.parent.node());
    if (isFilterDriver(world.node(edge.parent.node()).driver))
        return Names::tr("filter %1").arg(name);
    return edge.role == "backing" ? Names::tr("overlay %1").arg(name) : Names::tr("node %1").arg(name);
}

QString quoted(const std::string &string)
{
    QString escaped = text(string);
    escaped.replace(u'\\', "\\\\"_L1).replace(u'"', "\\\""_L1);
    return u'"' + escaped + u'"';
}

QString inner(const Value &value)
{
    return value.asString() != nullptr ? quoted(*value.asString()) : valueText(value);
}

QString listText(const Value::List &list)
{
    QStringList parts;
    for (const Value &each : list)
        parts += inner(each);
    return u'[' + parts.join(u',') + u']';
}

QString objectText(const Object &object)
{
    QStringList parts;
    for (const auto &[key, value] : object)
        parts += quoted(key) + u':' + inner(value);
    return u'{' + parts.join(u',') + u'}';
}

QStringList namesOf(ActionSet actions)
{
    QStringList names;
    for (Action action : kActions) {
        if (actions.contains(action))
            names += actionName(action);
    }
    return names;
}

// The argument that names what a command is about.
QString mainArgument(const QmpCommand &command)
{
    const Operation *operation = findOperation(command.execute);
    std::vector<std::string_view> candidates;
    if (command.execute == "block-commit")
        candidates.emplace_back("top-node");
    if (operation != nullptr && !operation->dropParameter.empty())
        candidates.push_back(operation->dropParameter);
    candidates.insert(candidates.end(), {"device", "node-name", "node", "id", "job-id"});
    for (std::string_view each : candidates) {
        if (const std::string *value = findString(command.arguments, each))
            return text(*value);
    }
    return {};
}

QString commandSubject(const QmpCommand &command)
{
    if (isHumanCommand(command)) {
        if (const auto meant = commandFromHuman(command))
            return commandSubject(*meant);
    }
    const QString about = mainArgument(command);
    return about.isEmpty() ? text(command.execute) : Names::tr("%1 of %2").arg(text(command.execute), about);
}

struct Subject
{
    QString operator()(const QmpCommand &event) const { return commandSubject(event); }
    QString operator()(const StepControl &event) const { return Names::tr("step of %1").arg(text(event.job)); }
    QString operator()(const RunUntilControl &event) const { return Names::tr("run of %1").arg(text(event.job)); }
    QString operator()(const GuestWriteControl &event) const
    {
        return Names::tr("guest write to %1").arg(text(event.device));
    }
    QString operator()(const SetPolicyControl &event) const
    {
        return Names::tr("change of policy to %1").arg(policyTitle(event.policy, {}));
    }
    QString operator()(const SetSwitchControl &event) const
    {
        const QString name = text(switchName(event.which));
        return event.on ? Names::tr("switching %1 on").arg(name) : Names::tr("switching %1 off").arg(name);
    }
    QString operator()(const ListControl &event) const
    {
        return Names::tr("listing the nodes of %1").arg(commandSubject(event.request));
    }
    QString operator()(const AcquireControl &event) const { return Names::tr("listed request %1").arg(text(event.id)); }
    QString operator()(const UnlistControl &event) const
    {
        return Names::tr("giving up listed request %1").arg(text(event.id));
    }
};

struct Line
{
    QString operator()(const QmpCommand &event) const
    {
        QString line = text(event.execute);
        for (const auto &[key, value] : event.arguments)
            line += u" %1=%2"_s.arg(text(key), valueText(value));
        for (const std::string &role : event.forget)
            line += u" forget=%1"_s.arg(text(role));
        if (!event.host.empty())
            line += u" host=%1"_s.arg(text(event.host));
        return line;
    }
    QString operator()(const StepControl &event) const
    {
        return u"step job=%1 count=%2"_s.arg(text(event.job), QString::number(event.count));
    }
    QString operator()(const RunUntilControl &event) const
    {
        return u"run-until job=%1 status=%2"_s.arg(text(event.job), QString::fromLatin1(toString(event.status)));
    }
    QString operator()(const GuestWriteControl &event) const
    {
        return u"guest-write device=%1 cluster=%2"_s.arg(text(event.device), QString::number(event.cluster));
    }
    QString operator()(const SetPolicyControl &event) const
    {
        return u"set-policy policy=%1"_s.arg(text(event.policy));
    }
    QString operator()(const SetSwitchControl &event) const
    {
        return u"set-switch switch=%1 on=%2"_s.arg(text(switchName(event.which)), event.on ? u"true"_s : u"false"_s);
    }
    QString operator()(const ListControl &event) const
    {
        return u"list id=%1 "_s.arg(text(event.id)) + (*this)(event.request);
    }
    QString operator()(const AcquireControl &event) const { return u"acquire id=%1"_s.arg(text(event.id)); }
    QString operator()(const UnlistControl &event) const { return u"unlist id=%1"_s.arg(text(event.id)); }
};

} // namespace

QString nodeName(const World &world, NodeId node)
{
    // What a request would have opened has no name in the World in which it was refused.
    return node.value < world.graph.nodeCount() ? text(world.node(node).name) : Names::tr("a node that is new");
}

QString holderName(const World &world, Holder holder)
{
    switch (holder.kind) {
    case Holder::Kind::Job: {
        const Job &job = world.job(JobId{holder.id});
        if (job.name.starts_with(job.type)) // "commit0" says it already
            return text(job.name);
        return Names::tr("%1 %2", "type and id of a job").arg(text(job.type), text(job.name));
    }
    case Holder::Kind::User:
        return userName(world.user(UserId{holder.id}));
    case Holder::Kind::Edge:
        return parentName(world, world.graph.edge(EdgeId{holder.id}));
    case Holder::Kind::Operation:
        // A listed request is numbered from 1; 0 is the operation that is being done.
        return holder.id > 0 && holder.id <= world.listed->size()
                   ? Names::tr("listed request %1").arg(text((*world.listed)[holder.id - 1].id))
                   : Names::tr("the operation itself");
    }
    return {};
}

QString holderNameWithLink(const World &world, Holder holder)
{
    if (holder.kind != Holder::Kind::Edge)
        return holderName(world, holder);
    const Edge &edge = world.graph.edge(EdgeId{holder.id});
    return Names::tr("%1 (its %2 link to %3)")
        .arg(parentName(world, edge), text(edge.role), nodeName(world, edge.child));
}

QString actionName(Action action)
{
    switch (action) {
    case Action::ModifyVisible:
        return Names::tr("modify visible data (MV)");
    case Action::ModifyMetadata:
        return Names::tr("modify metadata (MM)");
    case Action::GraphReconfiguration:
        return Names::tr("reconfigure the graph (GR)");
    case Action::ReadVisible:
        return Names::tr("read visible data (RV)");
    case Action::ReadMetadata:
        return Names::tr("read metadata (RM)");
    }
    return {};
}

QString actionNames(ActionSet actions)
{
    return joined(namesOf(actions));
}

QString anyActionName(ActionSet actions)
{
    const QStringList names = namesOf(actions);
    return names.size() < 2
               ? names.value(0)
               : Names::tr("%1 or %2", "the last two items of a list")
                     .arg(names.first(names.size() - 1).join(Names::tr(", ", "between the items of a list")),
                          names.last());
}

QString actionLetters(ActionSet actions)
{
    QStringList names;
    for (Action action : kActions) {
        if (actions.contains(action))
            names += QString::fromLatin1(letters(action));
    }
    return names.isEmpty() ? u"–"_s : names.join(u' ');
}

QString statusName(JobStatus status)
{
    switch (status) {
    case JobStatus::Undefined:
    case JobStatus::Created:
        return Names::tr("not begun");
    case JobStatus::Running:
        return Names::tr("running");
    case JobStatus::Paused:
        return Names::tr("paused");
    case JobStatus::Ready:
        return Names::tr("ready to complete");
    case JobStatus::Standby:
        return Names::tr("ready, paused");
    case JobStatus::Waiting:
        return Names::tr("waiting for the others");
    case JobStatus::Pending:
        return Names::tr("waiting for job-finalize");
    case JobStatus::Aborting:
        return Names::tr("ending after an error");
    case JobStatus::Concluded:
        return Names::tr("ended, waiting for job-dismiss");
    case JobStatus::Null:
        return Names::tr("gone");
    }
    return {};
}

QString eventSubject(const Event &event)
{
    return std::visit(Subject(), event);
}

QString eventLine(const Event &event)
{
    return std::visit(Line(), event);
}

QString valueText(const Value &value)
{
    if (const bool *flag = value.asBool())
        return *flag ? u"true"_s : u"false"_s;
    if (const std::int64_t *number = value.asInteger())
        return QString::number(*number);
    if (const double *number = value.asDouble())
        return QString::number(*number, 'g', 17);
    if (const std::string *string = value.asString())
        return text(*string);
    if (const Value::List *list = value.asList())
        return listText(*list);
    if (const Object *object = value.asObject())
        return objectText(*object);
    return u"null"_s;
}

QString joined(const QStringList &items)
{
    if (items.size() < 2)
        return items.value(0);
    return Names::tr("%1 and %2", "the last two items of a list")
        .arg(items.first(items.size() - 1).join(Names::tr(", ", "between the items of a list")), items.last());
}

QString elided(const QString &name, qsizetype length)
{
    if (name.size() <= length)
        return name;
    const qsizetype kept = std::max<qsizetype>(length - 1, 2);
    return name.first(kept - kept / 2) + u'…' + name.last(kept / 2);
}

} // namespace blockscope
