// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "engine/text/reasons.h"

#include <algorithm>
#include <bit>
#include <map>
#include <tuple>

namespace blockscope {

namespace {

using Cause = std::pair<Holder, NodeId>;

std::map<Cause, ActionSet> actionsByCause(const std::vector<MergedReason> &reasons)
{
    std::map<Cause, ActionSet> actions;
    for (const MergedReason &each : reasons) {
        ActionSet &known = actions[{each.holder, each.node}];
        known = known | each.actions;
    }
    return actions;
}

} // namespace

std::vector<MergedReason> merged(const std::vector<Reason> &reasons)
{
    std::vector<MergedReason> result;
    for (const Reason &reason : reasons) {
        auto same = std::find_if(result.begin(), result.end(), [&](const MergedReason &each) {
            return each.code == reason.code && each.node == reason.node && each.holder == reason.holder;
        });
        if (same == result.end()) {
            result.push_back(
                {reason.code, reason.node, reason.holder, {}, reason.askedRole, reason.heldRole, reason.since});
            same = result.end() - 1;
        }
        same->actions.insert(reason.action);
    }
    const std::map<Cause, ActionSet> actions = actionsByCause(result);
    const auto key = [&](const MergedReason &each) {
        const int gravity = std::countr_zero(actions.at({each.holder, each.node}).bits());
        return std::tuple(gravity, each.holder, each.node, std::string_view(each.code));
    };
    std::stable_sort(result.begin(), result.end(),
                     [&](const MergedReason &a, const MergedReason &b) { return key(a) < key(b); });
    return result;
}

} // namespace blockscope
