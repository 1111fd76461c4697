// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "app/inputfile.h"
#include "engine/files/jsonwriter.h"
#include "engine/operations/arguments.h"
#include "engine/text/offer.h"

using namespace Qt::StringLiterals;

namespace blockscope::app {

namespace {

const char *wordOf(Offer::Kind kind)
{
    switch (kind) {
    case Offer::Kind::Allowed:
        return "allowed";
    case Offer::Kind::Refused:
        return "refused";
    case Offer::Kind::Incomplete:
        return "incomplete";
    case Offer::Kind::Invalid:
        break;
    }
    return "invalid";
}

void print(const Call &call, const OfferOfOperation &each, bool isJson)
{
    const std::string operation(each.operation->name);
    const QString reason = each.offer.reason;
    if (isJson) {
        Object line{{"operation", operation}, {"verdict", wordOf(each.offer.kind)}};
        if (!reason.isEmpty())
            line["reason"] = reason.toStdString();
        call.out << QString::fromStdString(writeJsonLine(line)) << '\n';
        return;
    }
    call.out << QString::fromLatin1(wordOf(each.offer.kind)).leftJustified(12) << QString::fromStdString(operation);
    if (!reason.isEmpty())
        call.out << u": "_s << reason;
    call.out << '\n';
}

int run(const Call &call)
{
    QCommandLineParser parser;
    parser.addPositionalArgument(u"file"_s, Cli::tr("A scenario or a capture."), u"FILE"_s);
    parser.addPositionalArgument(u"node"_s, Cli::tr("A node, a device or a BlockBackend."), u"NODE"_s);
    parser.addOptions({atOption(), policyOption(), formatOption()});
    if (const auto exit = parse(parser, kOffersVerb, call))
        return *exit;
    const QStringList words = parser.positionalArguments();
    if (words.size() != 2)
        return failUsage(call, kOffersVerb, Cli::tr("A file and a node are expected."));
    const Result<bool> isJson = wantsJson(parser);
    if (!isJson)
        return fail(call, u"offers"_s, isJson.error());
    Result<Scenario> scenario = readInput(words.first());
    if (!scenario)
        return fail(call, words.first(), scenario.error());
    const Result<std::size_t> count = eventCount(parser, scenario->events.size());
    if (!count)
        return fail(call, u"offers"_s, count.error());
    play(scenario->world, scenario->events, *count);
    if (const auto error = applyPolicy(parser, scenario->world))
        return fail(call, u"offers"_s, *error);
    const Result<NodeId> node = lookUpNode(scenario->world, "node", words.at(1).toStdString());
    if (!node)
        return fail(call, words.first(), node.error());
    for (const OfferOfOperation &each : offersOn(scenario->world, *node))
        print(call, each, *isJson);
    return kSuccess;
}

} // namespace

const Verb kOffersVerb{"offers", QT_TRANSLATE_NOOP("Cli", "Says of every operation what would come of it on one node."),
                       run};

} // namespace blockscope::app
