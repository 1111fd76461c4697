// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "engine/text/offer.h"

#include "engine/text/explain.h"

#include <QCoreApplication>

#include <algorithm>

namespace blockscope {
namespace {

struct OfferText
{
    Q_DECLARE_TR_FUNCTIONS(Offer)
};

constexpr std::size_t kSparesTried = 4;

Offer incomplete(Object arguments, std::vector<std::string> missing)
{
    Offer offer;
    offer.kind = Offer::Kind::Incomplete;
    offer.arguments = std::move(arguments);
    offer.reason = OfferText::tr("needs %1").arg(QString::fromStdString(missing.front()));
    offer.missing = std::move(missing);
    return offer;
}

bool isNode(const Operation &operation, const std::string &argument)
{
    const Parameter *parameter = operation.parameter(argument);
    return parameter != nullptr &&
           (parameter->kind == Parameter::Kind::Node || parameter->kind == Parameter::Kind::Device);
}

} // namespace

Offer judge(const World &world, const QmpCommand &request)
{
    const Operation *operation = findOperation(request.execute);
    if (operation != nullptr) {
        std::vector<std::string> missing = missingArguments(*operation, request.arguments);
        if (!missing.empty())
            return incomplete(request.arguments, std::move(missing));
    }
    const Result<Decision> decision = decide(world, request, world.policy);
    Offer offer;
    offer.arguments = request.arguments;
    offer.judged = request;
    if (!decision) {
        if (decision.error().code == "ARG-MISSING")
            return incomplete(request.arguments, {decision.error().where});
        offer.reason = QString::fromStdString(decision.error().what);
        return offer;
    }
    offer.verdict = decision->verdict;
    offer.kind = offer.verdict.isAllowed() ? Offer::Kind::Allowed : Offer::Kind::Refused;
    offer.reason = oneLine(world, offer.verdict);
    return offer;
}

Offer offerOn(const World &world, const Operation &operation, NodeId node, std::span<const NodeId> spare)
{
    const std::string name(operation.name);
    const Object arguments = operation.suggest != nullptr ? operation.suggest(world, node) : Object();
    const std::string &host = world.node(node).host;
    const Offer offer = judge(world, {name, arguments, {}, host});
    if (offer.kind != Offer::Kind::Incomplete || offer.missing.size() != 1 || !isNode(operation, offer.missing.front()))
        return offer;

    std::optional<Offer> best;
    for (NodeId candidate : spare.first(std::min(spare.size(), kSparesTried))) {
        if (candidate == node)
            continue;
        Object tried = arguments;
        tried[offer.missing.front()] = Value(world.node(candidate).name);
        Offer answer = judge(world, {name, tried, {}, host});
        answer.arguments = arguments;
        answer.missing = offer.missing;
        if (answer.kind == Offer::Kind::Allowed)
            return answer;
        if (!best || answer.kind == Offer::Kind::Refused)
            best = std::move(answer);
    }
    // That no spare node fits says nothing about this one.
    return best && best->kind == Offer::Kind::Refused ? *best : offer;
}

std::vector<OfferOfOperation> offersOn(const World &world, NodeId node)
{
    const std::vector<NodeId> spare = spareNodes(world);
    std::vector<OfferOfOperation> offers;
    for (const Operation *operation : operations()) {
        if (!operation->dropParameter.empty())
            offers.push_back({operation, offerOn(world, *operation, node, spare)});
    }
    return offers;
}

std::vector<NodeId> spareNodes(const World &world)
{
    std::vector<NodeId> spare = world.graph.nodes();
    std::erase_if(spare, [&](NodeId id) {
        return !world.node(id).parents.empty() || world.node(id).name.empty() || world.isUsedByJob(id);
    });
    return spare;
}

std::string hostFor(const World &world, const Operation &operation, const Object &arguments)
{
    for (const Parameter &parameter : operation.parameters) {
        const std::string *name =
            isNode(operation, std::string(parameter.name)) ? findString(arguments, parameter.name) : nullptr;
        if (name == nullptr)
            continue;
        if (const auto node = world.graph.findNode(*name))
            return world.node(*node).host;
        if (const auto user = world.findUser(*name))
            return world.user(*user).host;
    }
    return {};
}

std::vector<std::string> missingArguments(const Operation &operation, const Object &arguments)
{
    std::vector<std::string> missing;
    for (const Parameter &parameter : operation.parameters) {
        if (parameter.isRequired && find(arguments, parameter.name) == nullptr)
            missing.emplace_back(parameter.name);
    }
    return missing;
}

} // namespace blockscope
