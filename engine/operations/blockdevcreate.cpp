// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
// blockdev-create: writes an empty image of some format into a protocol node, or makes a file outside of the graph
// (qmp_blockdev_create() in block/create.c). Simplified: what was in the node reads as zero afterwards; the new header
// is not looked at by blockdev-add. What QEMU lets the job fail with is said when it is asked for.
#include "engine/graph/walk.h"
#include "engine/operations/arguments.h"
#include "engine/operations/catalogue.h"
#include "engine/operations/claimtable.h"
#include "engine/operations/copying.h"
#include "engine/operations/onestep.h"
#include "engine/world/blockio.h"
#include "engine/world/contract.h"
#include "engine/world/grant.h"

#include <algorithm>
#include <array>

namespace blockscope {

namespace {

using Kind = Parameter::Kind;

constexpr Parameter kParameters[] = {
    {.name = "job-id", .kind = Kind::JobName, .isRequired = true},
    {.name = "options", .kind = Kind::Options, .isRequired = true},
};
/// Those with a bdrv_co_create() that writes to a child.
constexpr std::array<std::string_view, 9> kFormats{"luks", "parallels", "qcow", "qcow2", "qed",
                                                   "vdi",  "vhdx",      "vmdk", "vpc"};
constexpr std::array<std::string_view, 5> kProtocols{"file", "gluster", "nfs", "rbd", "ssh"};

template <std::size_t N>
bool isOneOf(std::string_view driver, const std::array<std::string_view, N> &drivers)
{
    return std::find(drivers.begin(), drivers.end(), driver) != drivers.end();
}

/// The node to format; none where a file is made.
Result<std::optional<NodeId>> findTarget(const World &world, const Object &options, const std::string &driver)
{
    if (isOneOf(driver, kProtocols))
        return std::optional<NodeId>();
    const Value *file = find(options, "file");
    if (file == nullptr)
        return Error{"ARG-MISSING", "options", "Parameter 'file' is missing"};
    if (file->asString() == nullptr)
        return Error{"ARG-UNSUPPORTED", "options", "Blockscope formats nodes of the graph alone"};
    const auto node = lookUpNode(world, "options", *file->asString());
    if (!node)
        return node.error();
    if (!isWritable(world, *node))
        return Error{"ARG-READONLY", "options", "Block node is read-only"};
    return std::optional(*node);
}

std::optional<Error> checkSize(const Object &options)
{
    constexpr std::int64_t kSector = 512;
    const Value *size = find(options, "size");
    if (size == nullptr || size->asInteger() == nullptr)
        return Error{"ARG-MISSING", "options", "Parameter 'size' is missing"};
    if (*size->asInteger() < 0 || *size->asInteger() % kSector != 0)
        return Error{"ARG-RANGE", "options", "Image size must be a multiple of 512 bytes"};
    return std::nullopt;
}

Result<std::optional<NodeId>> checkOptions(const World &world, const Object &arguments)
{
    const Object *options = find(arguments, "options")->asObject();
    const std::string *driver = options != nullptr ? findString(*options, "driver") : nullptr;
    if (driver == nullptr)
        return Error{"ARG-MISSING", "options", "Parameter 'driver' is missing"};
    if (!isOneOf(*driver, kFormats) && !isOneOf(*driver, kProtocols))
        return Error{"ARG-NODE", "options", "Driver does not support blockdev-create"};
    const auto target = findTarget(world, *options, *driver);
    if (!target)
        return target;
    if (auto error = checkSize(*options))
        return *error;
    return target;
}

/// A file that is made is locked meanwhile.
std::vector<FileLock> locksOnFile(const Object &options)
{
    const std::string *filename = findString(options, "filename");
    if (filename == nullptr || *findString(options, "driver") != "file")
        return {};
    return {{*filename, kCreatesFile}};
}

Result<Plan> plan(const World &world, const Object &arguments)
{
    const auto target = checkOptions(world, arguments);
    if (!target)
        return target.error();
    const auto job = chooseJobName(world, arguments, "create", NodeId());
    if (!job)
        return job.error();
    PlanBuilder plan(kBlockdevCreate, "blockdev-create", arguments);
    if (const auto node = *target) {
        const auto path = filterPath(world.graph, *node);
        plan.add("protocol node", path);
        plan.add("above", nodesAbove(world.graph, path));
    }
    plan.setJobName(*job);
    Plan result = plan.take();
    result.passingLocks = locksOnFile(*find(arguments, "options")->asObject());
    return result;
}

StepResult step(World &world, Job &job)
{
    const auto node = job.node("protocol node");
    if (!node)
        return StepResult::Finished;
    if (!permit(world, Holder::of(job.id), *node, Action::ModifyMetadata))
        return StepResult::Failed;
    for (std::uint32_t index = 0; index < clusterCount(world, *node); ++index) {
        if (writeCluster(world, *node, index, {Cluster::State::Zero, {}, {}}, stampOf(world, job)) !=
            WriteResult::Done) {
            job.error = "Operation not permitted";
            return StepResult::Failed;
        }
    }
    if (!hasReader(world, *node))
        renewContract(world, *node);
    return StepResult::Finished;
}

} // namespace

const Operation kBlockdevCreate{.name = "blockdev-create",
                                .family = Family::Image,
                                .fidelity = Fidelity::Simplified,
                                .jobType = "create",
                                .parameters = kParameters,
                                .plan = plan,
                                .start = changeNothing,
                                .step = step,
                                .complete = completeNothing,
                                .cleanUp = cleanUpNothing};

} // namespace blockscope
