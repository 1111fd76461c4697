// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "engine/files/claimjson.h"

namespace blockscope {

namespace {

/// Calls \a readItem(reader) for each object of the list \a key.
template <class ReadItem>
void forEachObject(ObjectReader &reader, std::string_view key, Failure &failure, ReadItem readItem)
{
    const Place place = reader.place(key);
    Value::List items = reader.list(key, kMaximumRoles);
    for (std::size_t i = 0; i < items.size(); ++i) {
        const Place at = place.at(i);
        ObjectReader item(items[i], at, failure);
        readItem(item);
        item.expectNothingElse();
    }
}

NodeId readNode(ObjectReader &reader, const NameTable &nodes, std::size_t count, Failure &failure)
{
    return NodeId{nodes.resolve(reader.take("node"), count, "node", reader.place("node"), failure)};
}

ActionSet readActions(ObjectReader &reader, std::string_view key)
{
    const auto actions = actionsFromText(reader.text(key));
    if (!actions)
        reader.fail("FILE-RANGE", key, "actions are expected here, out of: MV MM GR RV RM");
    return actions.value_or(ActionSet());
}

Value nodeReference(const World &world, NodeId node, const NameTable &nodes)
{
    return nodes.reference(world.node(node).name, node.value);
}

} // namespace

std::vector<NodeClaim> readClaims(ObjectReader &reader, std::string_view key, const NameTable &nodes, std::size_t count,
                                  Failure &failure)
{
    std::vector<NodeClaim> claims;
    forEachObject(reader, key, failure, [&](ObjectReader &item) {
        NodeClaim claim;
        claim.node = readNode(item, nodes, count, failure);
        claim.role = item.text("role");
        claim.claim = {readActions(item, "require"), readActions(item, "allow")};
        claims.push_back(std::move(claim));
    });
    return claims;
}

std::vector<RoleNode> readRoles(ObjectReader &reader, std::string_view key, const NameTable &nodes, std::size_t count,
                                Failure &failure)
{
    std::vector<RoleNode> roles;
    forEachObject(reader, key, failure, [&](ObjectReader &item) {
        std::string role = item.name("role");
        roles.push_back({std::move(role), readNode(item, nodes, count, failure)});
    });
    return roles;
}

Value::List writeClaims(const World &world, const std::vector<NodeClaim> &claims, const NameTable &nodes)
{
    Value::List list;
    for (const NodeClaim &claim : claims)
        list.emplace_back(Object{{"node", nodeReference(world, claim.node, nodes)},
                                 {"role", claim.role},
                                 {"require", actionsToText(claim.claim.require)},
                                 {"allow", actionsToText(claim.claim.allow)}});
    return list;
}

Value::List writeRoles(const World &world, const std::vector<RoleNode> &roles, const NameTable &nodes)
{
    Value::List list;
    for (const RoleNode &each : roles)
        list.emplace_back(Object{{"role", each.role}, {"node", nodeReference(world, each.node, nodes)}});
    return list;
}

} // namespace blockscope
