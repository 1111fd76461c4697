// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "engine/files/jobjson.h"

#include "engine/files/claimjson.h"
#include "engine/operations/catalogue.h"

#include <algorithm>
#include <array>

namespace blockscope {

namespace {

class JobReader
{
public:
    JobReader(Value &value, const NameTable &nodes, const std::vector<Node> &allNodes, const IdCounts &ids,
              const Place &place, Failure &failure)
        : m_reader(value, place, failure), m_nodes(nodes), m_allNodes(allNodes), m_ids(ids), m_failure(failure)
    {
    }

    SavedJob read(JobId id)
    {
        SavedJob saved;
        Job &job = saved.job;
        job.id = id;
        job.name = m_reader.name("name");
        job.operation = m_reader.text("operation");
        job.type = m_reader.text("type");
        job.arguments = m_reader.object("arguments");
        job.status = readStatus();
        job.isPausedByUser = m_reader.flag("paused-by-user", false);
        job.autoFinalize = m_reader.flag("auto-finalize", true);
        job.autoDismiss = m_reader.flag("auto-dismiss", true);
        job.isSimulated = m_reader.flag("simulated", true);
        job.startedAt = m_reader.number("started-at", 0);
        job.endedAt = m_reader.number("ended-at", 0);
        job.error = m_reader.text("error");
        readNodes(job);
        readMachine(job);
        saved.holding = readHolding();
        checkMachine(saved);
        job.extra = m_reader.rest();
        return saved;
    }

private:
    JobStatus readStatus()
    {
        const std::string name = m_reader.text("status", "running");
        const auto status = jobStatusFromString(name);
        if (!status)
            m_reader.fail("FILE-RANGE", "status", "there is no job status “" + name + "”");
        return status.value_or(JobStatus::Null);
    }

    NodeId readNode(const Value &reference, const Place &place)
    {
        return NodeId{m_nodes.resolve(reference, m_allNodes.size(), "node", place, m_failure)};
    }

    void readNodes(Job &job)
    {
        job.nodes = readRoles(m_reader, "nodes", m_nodes, m_allNodes.size(), m_failure);
        const Place writable = m_reader.place("made-writable");
        const Value::List made = m_reader.list("made-writable", kMaximumRoles);
        for (std::size_t i = 0; i < made.size(); ++i)
            job.madeWritable.push_back(readNode(made[i], writable.at(i)));
    }

    void readMachine(Job &job)
    {
        const std::string phase = m_reader.text("phase", "scan");
        if (phase != "scan" && phase != "write")
            m_reader.fail("FILE-RANGE", "phase", "“scan” or “write” is expected here");
        job.phase = phase == "write" ? Job::Phase::Write : Job::Phase::Scan;
        job.wantsPivot = m_reader.flag("wants-pivot", false);
        job.isCancelled = m_reader.flag("cancelled", false);
        job.cursor = m_reader.count("cursor", 0, kMaximumClusters);
        job.length = m_reader.count("length", 0, kMaximumClusters);
        if (m_reader.has("buffer")) {
            const BlockData buffer = readClusters("buffer");
            if (buffer.size() == 1)
                job.buffer = buffer.front();
            else
                m_reader.fail("FILE-RANGE", "buffer", "one cluster is expected here");
        }
        job.dirty = readBits("dirty");
        job.done = readBits("done");
        job.pointInTime = readClusters("point-in-time");
        job.bitmap = m_reader.text("bitmap");
        job.transaction = m_reader.count("transaction", 0, 1'000'000);
    }

    BlockData readClusters(std::string_view key)
    {
        BlockData data;
        if (const auto wrong = clustersFromText(m_reader.text(key), NodeId(), m_ids, data))
            m_reader.fail("FILE-DATA", key, *wrong);
        return data;
    }

    std::vector<bool> readBits(std::string_view key)
    {
        std::vector<bool> bits;
        if (const auto wrong = bitsFromText(m_reader.text(key), bits))
            m_reader.fail("FILE-DATA", key, *wrong);
        return bits;
    }

    std::optional<Holding> readHolding()
    {
        if (!m_reader.has("claims"))
            return std::nullopt;
        Holding holding;
        holding.since = m_reader.number("since", 0);
        holding.claims = readClaims(m_reader, "claims", m_nodes, m_allNodes.size(), m_failure);
        return holding;
    }

    /// What the step machines rely on.
    void checkMachine(const SavedJob &saved)
    {
        const Job &job = saved.job;
        const auto require = [&](bool isFine, std::string_view key, const char *what) {
            if (!isFine)
                m_reader.fail("FILE-STATE", key, what);
        };
        if (!job.isActive()) {
            require(!saved.holding, "claims", "a job that has ended holds no claims");
            return;
        }
        const bool areOpen = std::all_of(job.nodes.begin(), job.nodes.end(), [&](const RoleNode &each) {
            return each.node.value < m_allNodes.size() && m_allNodes[each.node.value].isOpen;
        });
        require(areOpen, "nodes", "a job that has not ended uses a closed node");
        if (!job.isSimulated)
            return;
        const Operation *operation = findOperation(job.operation);
        require(
            operation != nullptr && operation->isJob() && operation->jobType == job.type, "operation",
            "this and “type” must be a background job that Blockscope can run; if it cannot, set “simulated” to false");
        require(hasRoles(job), "nodes", "the nodes in the roles that a job of this type works on are missing");
        const bool copiesDirty = job.type == "mirror" || (job.type == "commit" && !job.node("overlay"));
        require(job.dirty.size() == (copiesDirty ? job.length : 0), "dirty",
                "a mirror and a commit of an active layer have “length” bits here, another job has none");
        require(job.type == "backup" ? job.done.size() == job.length : job.done.empty(), "done",
                "a backup has “length” bits here, another job has none");
        require(job.cursor <= job.length, "cursor", "this is beyond “length”");
        require(job.phase == Job::Phase::Scan || (job.buffer && job.cursor < job.length), "phase",
                "a job that is about to write has a cluster in “buffer” and a cursor before “length”");
    }

    static bool hasRoles(const Job &job)
    {
        static constexpr std::array<std::array<std::string_view, 3>, 4> kRoles{{{"commit", "top", "base"},
                                                                                {"stream", "top", "top"},
                                                                                {"mirror", "source", "target"},
                                                                                {"backup", "source", "target"}}};
        return std::all_of(kRoles.begin(), kRoles.end(), [&](const auto &row) {
            return row[0] != job.type || (job.node(row[1]) && job.node(row[2]));
        });
    }

    ObjectReader m_reader;
    const NameTable &m_nodes;
    const std::vector<Node> &m_allNodes;
    const IdCounts &m_ids;
    Failure &m_failure;
};

void writeMachine(const Job &job, Object &object)
{
    const auto number = [&](const char *key, std::uint64_t value) {
        if (value != 0)
            object[key] = static_cast<std::int64_t>(value);
    };
    const auto flag = [&](const char *key, bool value, bool otherwise) {
        if (value != otherwise)
            object[key] = value;
    };
    const auto text = [&](const char *key, std::string value) {
        if (!value.empty())
            object[key] = std::move(value);
    };
    flag("paused-by-user", job.isPausedByUser, false);
    flag("auto-finalize", job.autoFinalize, true);
    flag("auto-dismiss", job.autoDismiss, true);
    flag("simulated", job.isSimulated, true);
    number("started-at", job.startedAt);
    number("ended-at", job.endedAt);
    text("error", job.error);
    text("phase", job.phase == Job::Phase::Write ? "write" : "");
    flag("wants-pivot", job.wantsPivot, false);
    flag("cancelled", job.isCancelled, false);
    number("cursor", job.cursor);
    number("length", job.length);
    if (job.buffer)
        object["buffer"] = clusterToText(*job.buffer, NodeId());
    text("dirty", bitsToText(job.dirty));
    text("done", bitsToText(job.done));
    text("point-in-time", clustersToText(job.pointInTime, NodeId()));
    text("bitmap", job.bitmap);
    number("transaction", job.transaction);
}

} // namespace

SavedJob readJob(Value &value, JobId id, const NameTable &nodes, const std::vector<Node> &allNodes, const IdCounts &ids,
                 const Place &place, Failure &failure)
{
    return JobReader(value, nodes, allNodes, ids, place, failure).read(id);
}

Value writeJob(const World &world, const Job &job, const NameTable &nodes)
{
    const auto reference = [&](NodeId node) { return nodes.reference(world.node(node).name, node.value); };
    Object object = job.extra;
    object["name"] = job.name;
    object["operation"] = job.operation;
    object["type"] = job.type;
    object["status"] = toString(job.status);
    if (!job.arguments.empty())
        object["arguments"] = job.arguments;
    if (!job.nodes.empty())
        object["nodes"] = writeRoles(world, job.nodes, nodes);
    Value::List list;
    for (NodeId node : job.madeWritable)
        list.push_back(reference(node));
    if (!list.empty())
        object["made-writable"] = std::move(list);
    writeMachine(job, object);
    if (const Holding *holding = world.ledger.holding(Holder::of(job.id))) {
        object["claims"] = writeClaims(world, holding->claims, nodes);
        if (holding->since != 0)
            object["since"] = static_cast<std::int64_t>(holding->since);
    }
    return object;
}

} // namespace blockscope
