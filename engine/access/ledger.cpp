// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "engine/access/ledger.h"

#include <algorithm>
#include <cassert>
#include <tuple>

namespace blockscope {

namespace {

bool isExcepted(Holder holder, std::span<const Holder> except)
{
    return std::find(except.begin(), except.end(), holder) != except.end();
}

bool isOfLowerNode(const NodeClaim *a, const NodeClaim *b)
{
    return a->node < b->node;
}

/// The RFC's rule, action by action.
void addConflicts(const NodeClaim &asked, const NodeClaim &held, Holder holder, Tick since,
                  std::vector<Conflict> &found)
{
    const auto add = [&](ActionSet actions, NacRule rule) {
        for (Action action : kActions) {
            if (actions.contains(action))
                found.push_back(
                    {asked.node, action, rule, holder, since, asked.claim, asked.role, held.claim, held.role});
        }
    };
    add(asked.claim.require - held.claim.allow, NacRule::R1);
    add(held.claim.require - asked.claim.allow, NacRule::R2);
}

} // namespace

bool Ledger::isAllowed(std::span<const NodeClaim> request, std::span<const Holder> except) const
{
    return std::all_of(request.begin(), request.end(), [&](const NodeClaim &asked) {
        const Masks held = except.empty() ? masks(asked.node) : masksExcept(asked.node, except);
        return ((asked.claim.require & held.denied) | (held.required - asked.claim.allow)).isEmpty();
    });
}

std::vector<Conflict> Ledger::conflicts(std::span<const NodeClaim> request, std::span<const Holder> except) const
{
    std::vector<Conflict> found;
    if (isAllowed(request, except))
        return found;
    // By node, so that the sizes of a long request and of a big ledger do not multiply.
    std::vector<const NodeClaim *> byNode;
    for (const NodeClaim &asked : request)
        byNode.push_back(&asked);
    std::stable_sort(byNode.begin(), byNode.end(), isOfLowerNode);
    for (Holder holder : holders()) {
        if (isExcepted(holder, except))
            continue;
        const Holding &holding = *this->holding(holder);
        for (const NodeClaim &held : holding.claims) {
            const auto [first, last] = std::equal_range(byNode.begin(), byNode.end(), &held, isOfLowerNode);
            for (auto asked = first; asked != last; ++asked)
                addConflicts(**asked, held, holder, holding.since, found);
        }
    }
    std::stable_sort(found.begin(), found.end(), [](const Conflict &a, const Conflict &b) {
        return std::tie(a.node, a.action, a.rule, a.since, a.holder) <
               std::tie(b.node, b.action, b.rule, b.since, b.holder);
    });
    return found;
}

void Ledger::acquire(Holder holder, Tick since, std::vector<NodeClaim> claims)
{
    acquire(holder, std::make_shared<const Holding>(Holding{since, std::move(claims)}));
}

void Ledger::acquire(Holder holder, std::shared_ptr<const Holding> record)
{
    assert(holding(holder) == nullptr);
    for (const NodeClaim &claim : record->claims)
        count(claim);
    auto &holdings = m_holdings[static_cast<std::size_t>(holder.kind)];
    if (holder.id >= holdings.size())
        holdings.resize(holder.id + std::size_t{1});
    holdings[holder.id] = std::move(record);
}

void Ledger::release(Holder holder)
{
    const Holding *held = holding(holder);
    if (held == nullptr)
        return;
    for (const NodeClaim &claim : held->claims)
        uncount(claim);
    m_holdings[static_cast<std::size_t>(holder.kind)][holder.id].reset();
}

void Ledger::count(const NodeClaim &claim)
{
    assert(claim.node.isValid());
    const std::size_t index = claim.node.value;
    if (index >= m_masks.size()) {
        m_masks.resize(index + 1);
        m_counters.resize(index + 1);
    }
    Counters &counters = m_counters[index];
    counters.require += Lanes::of(claim.claim.require);
    counters.deny += Lanes::of(kAllActions - claim.claim.allow);
    m_masks[index] =
        static_cast<std::uint16_t>(m_masks[index] | pack({claim.claim.require, kAllActions - claim.claim.allow}));
}

void Ledger::uncount(const NodeClaim &claim)
{
    Counters &counters = m_counters[claim.node.value];
    counters.require -= Lanes::of(claim.claim.require);
    counters.deny -= Lanes::of(kAllActions - claim.claim.allow);
    m_masks[claim.node.value] = pack({counters.require.actions(), counters.deny.actions()});
}

Ledger::Masks Ledger::masksExcept(NodeId node, std::span<const Holder> except) const
{
    if (node.value >= m_counters.size())
        return {};
    Counters counters = m_counters[node.value];
    for (Holder holder : except) {
        const Holding *row = holding(holder);
        if (row == nullptr)
            continue;
        for (const NodeClaim &claim : row->claims) {
            if (claim.node == node) {
                counters.require -= Lanes::of(claim.claim.require);
                counters.deny -= Lanes::of(kAllActions - claim.claim.allow);
            }
        }
    }
    return {counters.require.actions(), counters.deny.actions()};
}

Ledger::Counts Ledger::counts(NodeId node) const
{
    if (node.value >= m_counters.size())
        return {};
    const Counters &counters = m_counters[node.value];
    Counts counts;
    for (unsigned i = 0; i < kActions.size(); ++i) {
        counts.require[i] = counters.require.count(i);
        counts.deny[i] = counters.deny.count(i);
    }
    counts.claims = counters.require.count(Lanes::kClaims);
    return counts;
}

const Holding *Ledger::holding(Holder holder) const
{
    const auto &holdings = m_holdings[static_cast<std::size_t>(holder.kind)];
    return holder.id < holdings.size() ? holdings[holder.id].get() : nullptr;
}

std::vector<Holder> Ledger::holders() const
{
    std::vector<Holder> all;
    for (std::size_t kind = 0; kind < m_holdings.size(); ++kind) {
        for (std::uint32_t id = 0; id < m_holdings[kind].size(); ++id) {
            if (m_holdings[kind][id] != nullptr)
                all.push_back({static_cast<Holder::Kind>(kind), id});
        }
    }
    return all;
}

std::vector<Holder> Ledger::holdersOf(NodeId node) const
{
    std::vector<Holder> all = holders();
    std::erase_if(all, [&](Holder holder) {
        const auto &claims = holding(holder)->claims;
        return std::none_of(claims.begin(), claims.end(), [&](const NodeClaim &claim) { return claim.node == node; });
    });
    return all;
}

bool Ledger::verify() const
{
    Ledger naive;
    naive.m_masks.resize(m_masks.size());
    naive.m_counters.resize(m_counters.size());
    for (Holder holder : holders()) {
        for (const NodeClaim &claim : holding(holder)->claims)
            naive.count(claim);
    }
    return naive.m_masks == m_masks &&
           std::equal(m_counters.begin(), m_counters.end(), naive.m_counters.begin(), naive.m_counters.end(),
                      [](const Counters &a, const Counters &b) { return a.require == b.require && a.deny == b.deny; });
}

bool operator==(const Ledger &a, const Ledger &b)
{
    const auto holders = a.holders();
    return holders == b.holders() && std::all_of(holders.begin(), holders.end(), [&](Holder holder) {
               return *a.holding(holder) == *b.holding(holder);
           });
}

} // namespace blockscope
