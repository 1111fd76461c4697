// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT

// transaction: several operations, all or none of them (qmp_transaction() in blockdev.c). QEMU prepares the members one
// after the other, so that each sees the graph as those before it have left it.
#include "engine/operations/transaction.h"

#include "engine/operations/arguments.h"
#include "engine/operations/catalogue.h"
#include "engine/operations/targets.h"

#include <algorithm>

namespace blockscope {

namespace {

using Kind = Parameter::Kind;

constexpr Parameter kParameters[] = {
    {.name = "actions", .kind = Kind::Options, .isRequired = true},
    {.name = "properties", .kind = Kind::Options},
};

// TransactionActionKind of qapi/transaction.json
constexpr std::string_view kTypes[] = {"abort",
                                       "block-dirty-bitmap-add",
                                       "block-dirty-bitmap-clear",
                                       "block-dirty-bitmap-disable",
                                       "block-dirty-bitmap-enable",
                                       "block-dirty-bitmap-merge",
                                       "block-dirty-bitmap-remove",
                                       "blockdev-backup",
                                       "blockdev-snapshot",
                                       "blockdev-snapshot-internal-sync",
                                       "blockdev-snapshot-sync",
                                       "drive-backup"};

/// One element of "actions" as it is written.
Result<TransactionAction> readAction(const Value &element)
{
    const Object *object = element.asObject();
    if (object == nullptr)
        return Error{"ARG-TYPE", "actions", "Invalid parameter type for 'actions', expected: object"};
    const auto type = textArgument(*object, "type");
    if (!type)
        return Error{"ARG-MISSING", "actions", "Parameter 'type' is missing"};
    if (std::find(std::begin(kTypes), std::end(kTypes), *type) == std::end(kTypes))
        return Error{"ARG-CHOICE", "actions", "Parameter 'type' does not accept value '" + *type + "'"};
    const Value *data = find(*object, "data");
    if (data == nullptr || data->asObject() == nullptr)
        return Error{"ARG-MISSING", "actions", "Parameter 'data' is missing"};
    const Operation *operation = findOperation(*type);
    if (operation == nullptr && *type != "abort")
        return Error{"ARG-UNSUPPORTED", "actions", "Blockscope does not simulate " + *type};
    if (operation != nullptr) {
        if (auto error = checkParameters(*operation, *data->asObject()))
            return *error;
    }
    return TransactionAction{operation, *data->asObject()};
}

std::optional<Error> checkProperties(const Object &arguments)
{
    const Value *properties = find(arguments, "properties");
    if (properties == nullptr)
        return std::nullopt;
    if (properties->asObject() == nullptr)
        return Error{"ARG-TYPE", "properties", "Invalid parameter type for 'properties', expected: object"};
    const auto mode = textArgument(*properties->asObject(), "completion-mode");
    if (mode && *mode != "individual" && *mode != "grouped")
        return Error{"ARG-CHOICE", "properties", "Parameter 'completion-mode' does not accept value '" + *mode + "'"};
    return std::nullopt;
}

bool exists(const World &world, NodeId node)
{
    return node.value < world.graph.nodeCount();
}

/// Leaves out what only exists once earlier members are done: nobody holds anything there.
void keepExisting(const World &world, Plan &plan)
{
    const auto isNew = [&](const auto &each) { return !exists(world, each.node); };
    std::erase_if(plan.nodes, isNew);
    std::erase_if(plan.claims, isNew);
    std::erase_if(plan.standing, isNew);
    std::erase_if(plan.replaces, [&](Holder holder) {
        return holder.kind == Holder::Kind::Edge && holder.id >= world.graph.edgeCount();
    });
}

/// The claims in \a then, without those of links that do not exist yet.
Ledger heldByKnown(const World &world, const World &then)
{
    Ledger ledger = then.ledger;
    for (Holder holder : then.ledger.holders()) {
        if (holder.kind == Holder::Kind::Edge && holder.id >= world.graph.edgeCount())
            ledger.release(holder);
    }
    return ledger;
}

/// What later members see of it: the graph of a synchronous one, the name of a job.
void rehearse(World &world, const Plan &plan)
{
    if (!plan.operation->isJob()) {
        world.ledger.acquire(Holder::synchronous(), world.clock, plan.claims);
        plan.operation->start(world, plan, nullptr);
        world.ledger.release(Holder::synchronous());
        return;
    }
    Job job;
    job.id = JobId{static_cast<std::uint32_t>(world.jobs.size())};
    job.name = plan.jobName;
    job.status = JobStatus::Created;
    world.jobs.emplace_back(std::move(job));
}

template <class T>
void append(std::vector<T> &to, const std::vector<T> &from)
{
    to.insert(to.end(), from.begin(), from.end());
}

Result<Plan> plan(const World &world, const Object &arguments)
{
    const auto actions = transactionActions(arguments);
    if (!actions)
        return actions.error();
    Plan whole = PlanBuilder(kTransaction, "transaction", arguments).take();
    World scratch = world;
    for (const TransactionAction &action : *actions) {
        auto member = planMember(scratch, action);
        if (!member)
            return member.error();
        member->heldThen = heldByKnown(world, scratch);
        rehearse(scratch, *member);
        keepExisting(world, *member);
        append(whole.nodes, member->nodes);
        append(whole.claims, member->claims);
        append(whole.created, member->created);
        append(whole.standing, member->standing);
        append(whole.replaces, member->replaces);
        whole.members.push_back(std::move(*member));
    }
    return whole;
}

} // namespace

Result<std::vector<TransactionAction>> transactionActions(const Object &arguments)
{
    if (auto error = checkProperties(arguments))
        return *error;
    const Value::List *list = find(arguments, "actions")->asList();
    if (list == nullptr)
        return Error{"ARG-TYPE", "actions", "Invalid parameter type for 'actions', expected: array"};
    std::vector<TransactionAction> actions;
    for (const Value &element : *list) {
        auto action = readAction(element);
        if (!action)
            return action.error();
        actions.push_back(std::move(*action));
    }
    for (const TransactionAction &action : actions) {
        if (isGrouped(arguments) && action.operation != nullptr && !action.operation->isJob()) {
            return Error{"ARG-EXCLUSIVE", "properties",
                         "Action '" + std::string(action.operation->name) +
                             "' does not support Transaction property completion-mode = grouped"};
        }
    }
    return actions;
}

std::vector<Plan> transactionMembers(const Plan &whole)
{
    if (!whole.members.empty())
        return whole.members;
    std::vector<Plan> members;
    const auto actions = transactionActions(whole.arguments);
    for (const TransactionAction &action : actions ? *actions : std::vector<TransactionAction>()) {
        if (action.operation == nullptr) // "abort"
            continue;
        members.emplace_back();
        members.back().operation = action.operation;
        members.back().arguments = action.arguments;
    }
    return members;
}

bool isGrouped(const Object &arguments)
{
    const Value *properties = find(arguments, "properties");
    return properties != nullptr && properties->asObject() != nullptr &&
           textArgument(*properties->asObject(), "completion-mode") == "grouped";
}

Result<Plan> planMember(const World &world, const TransactionAction &action)
{
    if (action.operation == nullptr)
        return Error{"ARG-ABORT", "actions", "Transaction aborted using Abort action"};
    auto plan = action.operation->plan(world, action.arguments);
    if (plan)
        keepWritersOffTarget(world, *plan);
    return plan;
}

const Operation kTransaction{.name = "transaction", .family = Family::Graph, .parameters = kParameters, .plan = plan};

} // namespace blockscope
