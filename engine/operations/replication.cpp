// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
// xen-set-replication: starts or stops the replication of COLO on every node of that driver (qmp_xen_set_replication()
// in migration/colo.c, replication.c).
#include "engine/operations/arguments.h"
#include "engine/operations/catalogue.h"
#include "engine/operations/claimtable.h"
#include "engine/operations/onestep.h"

namespace blockscope {

namespace {

using Kind = Parameter::Kind;

constexpr Parameter kParameters[] = {
    {.name = "enable", .kind = Kind::Boolean, .isRequired = true},
    {.name = "primary", .kind = Kind::Boolean, .isRequired = true},
    {.name = "failover", .kind = Kind::Boolean},
};

Result<Plan> plan(const World &world, const Object &arguments)
{
    if (find(arguments, "failover") != nullptr && boolArgument(arguments, "enable", false))
        return Error{"ARG-EXCLUSIVE", "failover", "Parameter 'failover' is only for stopping replication"};
    PlanBuilder plan(kXenSetReplication, kXenSetReplication.name, arguments);
    for (std::uint32_t id = 0; id < world.graph.nodeCount(); ++id) {
        const Node &node = world.node(NodeId{id});
        if (node.isOpen && node.driver == "replication")
            plan.add("node", node.id, claimFor("query/info/map", "node"));
    }
    return plan.take();
}

} // namespace

// The jobs and the hidden disk of the secondary side are not modelled.
const Operation kXenSetReplication{.name = "xen-set-replication",
                                   .family = Family::Guest,
                                   .fidelity = Fidelity::JudgedOnly,
                                   .parameters = kParameters,
                                   .plan = plan,
                                   .start = changeNothing};

} // namespace blockscope
