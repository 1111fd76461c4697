// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "app/cliverb.h"
#include "engine/policies/policy.h"
#include "engine/text/codes.h"
#include "engine/text/policytext.h"

using namespace Qt::StringLiterals;

namespace blockscope::app {

namespace {

int listCodes(const Call &call)
{
    for (const CodeText &each : codes())
        call.out << u"%1 %2\n"_s.arg(each.code, -16).arg(each.brief);
    return kSuccess;
}

int run(const Call &call)
{
    QCommandLineParser parser;
    parser.addPositionalArgument(
        u"code"_s,
        Cli::tr("A code, “NAC-R1” for example, or a policy: what it leaves out. Without one all codes are "
                "listed."),
        u"[CODE|POLICY]"_s);
    if (const auto exit = parse(parser, kExplainVerb, call))
        return *exit;
    const QStringList names = parser.positionalArguments();
    if (names.isEmpty())
        return listCodes(call);
    if (names.size() > 1)
        return failUsage(call, kExplainVerb, Cli::tr("One code at a time, please."));
    const std::string policy = names.first().toLower().toStdString();
    if (findPolicy(policy) != nullptr) {
        call.out << policyTitle(policy, kDefaultSwitches) << u": "_s << policySummary(policy) << "\n\n"
                 << notModelled(policy) << '\n';
        return kSuccess;
    }
    const CodeText text = codeText(names.first());
    if (text.code.isEmpty()) {
        return fail(call, names.first(),
                    Cli::tr("There is no such code; “blockscope explain” lists those that there are."));
    }
    call.out << text.code << u": "_s << text.brief << "\n\n" << text.detail << '\n';
    return kSuccess;
}

} // namespace

const Verb kExplainVerb{"explain", QT_TRANSLATE_NOOP("Cli", "Says what a code means, or what a policy leaves out."),
                        run};

} // namespace blockscope::app
