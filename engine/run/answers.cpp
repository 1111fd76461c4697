// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "engine/run/answers.h"

#include "engine/policies/policy.h"
#include "engine/run/jobcontrol.h"

#include <algorithm>

namespace blockscope {

namespace {

Answer answerOf(const World &world, const QmpCommand &request, const Policy &policy)
{
    Answer answer;
    answer.policy = policy.name;
    auto decision = decide(world, request, policy.name);
    if (!decision) {
        answer.kind = Outcome::Kind::Invalid;
        answer.error = decision.error();
    } else if (!decision->verdict.isAllowed()) {
        answer.kind = Outcome::Kind::Refused;
        answer.verdict = std::move(decision->verdict);
    }
    return answer;
}

} // namespace

std::vector<Answer> answersTo(const World &world, const QmpCommand &request)
{
    std::vector<Answer> answers;
    if (isJobCommand(request.execute))
        return answers;
    for (const Policy *policy : policies())
        answers.push_back(answerOf(world, request, *policy));
    return answers;
}

bool doAgree(const std::vector<Answer> &answers)
{
    return std::all_of(answers.begin(), answers.end(),
                       [&](const Answer &each) { return each.kind == answers.front().kind; });
}

} // namespace blockscope
