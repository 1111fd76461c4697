// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// From the facts of a decision to sentences: why an event was refused, what is
/// wrong with an invalid one, and why an allowed one met no objection.
///
/// Values in, values out; the result may outlive the World and cross threads.
/// Thread: any. Ids must belong to the World given.

#include "engine/run/apply.h"
#include "engine/run/remedies.h"

#include <QString>
#include <QStringList>

#include <vector>

namespace blockscope {

/// One reason of a refusal; or, for an allowed request, one holder that was asked and did not object.
struct ReasonText
{
    QString code; ///< "NAC-R1"; empty when this is no objection
    NodeId node;
    QString nodeName;
    QString askedRole;            ///< "its top": what the node is for what is asked
    ActionSet actions;            ///< that clash
    std::optional<Holder> holder; ///< none for a node that nobody holds
    QString holderBrief;          ///< "overlay l3"
    QString holderName;           ///< "overlay l3 (its backing link to l2)"
    Tick since = 0;
    QString rule;        ///< the rule, applied to this node; a whole sentence
    QString heldBecause; ///< what the node is for the holder; may be empty
    QString activity;    ///< what the holder is doing now
    QString sinceText;   ///< "since step 12"; empty without a holder
};

struct RemedyText
{
    QString label;    ///< of a button: "Wait for commit c0"
    QString sentence; ///< what it does and what comes of it
    Remedy remedy;
};

struct Explanation
{
    Outcome::Kind kind = Outcome::Kind::Allowed;
    QString headline;                ///< at most kHeadlineLength characters
    QString policy;                  ///< that decided, as policyTitle() calls it; empty for an invalid event
    std::vector<ReasonText> reasons; ///< the gravest first
    QString errorCode;               ///< of an invalid event, as are the next two
    QString errorPlace;              ///< "Argument base-node"
    QString errorAdvice;
    std::vector<RemedyText> remedies; ///< as given to setRemedies
    QStringList answers;              ///< of all policies, one line each; empty for what no policy decides
    QString difference;               ///< what a difference between them rests on; empty when there is none
};

inline constexpr qsizetype kHeadlineLength = 120;

/// Why \a outcome came of \a event. \a before is the World as it was when the event was asked.
[[nodiscard]] Explanation explain(const World &before, const Event &event, const Outcome &outcome);
/// The same for a request that was decided but not done.
[[nodiscard]] Explanation explain(const World &world, const QmpCommand &request, const Result<Decision> &decision);

/// \a remedies in words.
[[nodiscard]] std::vector<RemedyText> remedyTexts(const World &world, const std::vector<Remedy> &remedies);

/// One short line for a badge: "commit c0 is overwriting mid1 (and 3 more)"; empty when allowed.
[[nodiscard]] QString oneLine(const World &world, const Verdict &verdict);
/// What \a holder is doing at this moment, as a whole sentence.
[[nodiscard]] QString activityOf(const World &world, Holder holder);

/// One line for each reason, without the headline: "mid1: MV MM (NAC-R2), commit c0, since step 12".
[[nodiscard]] QStringList reasonLines(const Explanation &explanation);
[[nodiscard]] QString toPlainText(const Explanation &explanation);
/// With names escaped, so that none of them can be taken for Markdown.
[[nodiscard]] QString toMarkdown(const Explanation &explanation);

} // namespace blockscope
