// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "engine/files/worldparts.h"

#include "engine/files/claimjson.h"
#include "engine/world/blockio.h"
#include "engine/world/contract.h"

#include <algorithm>
#include <array>

namespace blockscope {

namespace {

constexpr std::size_t kMaximumItems = 100'000;

class PartsWriter
{
public:
    PartsWriter(const World &world, const FileNames &names) : m_world(world), m_names(names) {}

    Value::List contracts() const
    {
        Value::List list;
        for (const auto &[node, contract] : *m_world.contracts) {
            // That a reader must see what it sees need not be said.
            if (m_world.node(node).isOpen && hasReader(m_world, node) && *contract == shownBy(m_world, node))
                continue;
            list.emplace_back(Object{{"node", reference(node)}, {"data", clustersToText(*contract, NodeId())}});
        }
        return list;
    }

    Value::List bitmaps() const
    {
        Value::List list;
        for (const auto &[node, bitmaps] : *m_world.bitmaps) {
            for (const DirtyBitmap &bitmap : bitmaps)
                list.push_back(writeBitmap(node, bitmap));
        }
        return list;
    }

    Value::List snapshots() const
    {
        Value::List list;
        for (const auto &[node, snapshots] : *m_world.snapshots) {
            for (const InternalSnapshot &snapshot : snapshots)
                list.push_back(writeSnapshot(node, snapshot));
        }
        return list;
    }

    Value::List findings() const
    {
        Value::List list;
        for (const Finding &finding : *m_world.findings)
            list.push_back(writeFinding(finding));
        return list;
    }

    Value::List listed() const
    {
        Value::List list;
        for (const ListedRequest &request : *m_world.listed) {
            Object object{{"id", request.id}, {"execute", request.execute}};
            if (!request.arguments.empty())
                object["arguments"] = request.arguments;
            if (!request.forget.empty())
                object["forget"] = Value::List(request.forget.begin(), request.forget.end());
            object["nodes"] = writeRoles(m_world, request.nodes, m_names.nodes);
            object["claims"] = writeClaims(m_world, request.claims, m_names.nodes);
            object["listed-at"] = static_cast<std::int64_t>(request.listedAt);
            if (!request.host.empty())
                object["host"] = request.host;
            list.emplace_back(std::move(object));
        }
        return list;
    }

private:
    Value reference(NodeId node) const { return m_names.nodes.reference(m_world.node(node).name, node.value); }

    Value writeBitmap(NodeId node, const DirtyBitmap &bitmap) const
    {
        Object object{{"node", reference(node)}, {"name", bitmap.name}, {"bits", bitsToText(bitmap.bits)}};
        object["granularity"] = static_cast<std::int64_t>(bitmap.granularity);
        const auto flag = [&](const char *key, bool value, bool otherwise) {
            if (value != otherwise)
                object[key] = value;
        };
        flag("recording", bitmap.isRecording, true);
        flag("persistent", bitmap.isPersistent, false);
        flag("inconsistent", bitmap.isInconsistent, false);
        flag("read-only", bitmap.isReadOnly, false);
        if (!bitmap.successor.empty())
            object["successor"] = bitsToText(bitmap.successor);
        if (bitmap.busy)
            object["busy"] = m_names.jobs.reference(m_world.job(*bitmap.busy).name, bitmap.busy->value);
        return object;
    }

    Value writeSnapshot(NodeId node, const InternalSnapshot &snapshot) const
    {
        Object object{{"node", reference(node)}, {"id", snapshot.id}, {"name", snapshot.name}};
        object["taken"] = static_cast<std::int64_t>(snapshot.taken);
        if (snapshot.hasVmState)
            object["vm-state"] = true;
        object["data"] = clustersToText(snapshot.clusters, node);
        object["shown"] = clustersToText(snapshot.shown, NodeId());
        return object;
    }

    Value writeFinding(const Finding &finding) const
    {
        Object object{{"kind", std::string(findingName(finding.kind))}};
        object["since"] = static_cast<std::int64_t>(finding.since);
        object["node"] = reference(finding.node);
        if (finding.party)
            writeParty(*finding.party, object);
        if (finding.cluster != 0)
            object["cluster"] = std::int64_t{finding.cluster};
        if (finding.expected != Cluster())
            object["expected"] = clusterToText(finding.expected, NodeId());
        if (finding.found != Cluster())
            object["found"] = clusterToText(finding.found, NodeId());
        if (finding.action != Action::ModifyVisible)
            object["action"] = letters(finding.action);
        return object;
    }

    void writeParty(Holder party, Object &object) const
    {
        switch (party.kind) {
        case Holder::Kind::Job:
            object["job"] = m_names.jobs.reference(m_world.job(JobId{party.id}).name, party.id);
            break;
        case Holder::Kind::User:
            object["user"] = m_names.users.reference(m_world.user(UserId{party.id}).name, party.id);
            break;
        case Holder::Kind::Edge:
        case Holder::Kind::Operation:
            object["operation"] = true;
            break;
        }
    }

    const World &m_world;
    const FileNames &m_names;
};

constexpr std::array<std::pair<HostFlag, const char *>, 4> kHostFlags{{{HostFlag::ServesNbd, "nbd-server"},
                                                                       {HostFlag::Listens, "listens"},
                                                                       {HostFlag::GoesOn, "goes-on"},
                                                                       {HostFlag::HasNotRun, "has-not-run"}}};

void writeHostFlags(const World &world, const std::string &host, Object &object)
{
    for (const auto &[flag, name] : kHostFlags) {
        if (world.is(flag, host))
            object[name] = true;
    }
}

/// A run state, and where there is more to say an object.
Value writeHost(const World &world, const std::string &host, const std::string &runState)
{
    Object object;
    writeHostFlags(world, host, object);
    if (object.empty())
        return runState;
    object["run-state"] = runState;
    return object;
}

class PartsReader
{
public:
    PartsReader(ObjectReader &reader, const FileNames &names, const IdCounts &ids, World &world, Failure &failure)
        : m_reader(reader), m_names(names), m_ids(ids), m_world(world), m_failure(failure)
    {
    }

    void read()
    {
        readHostFlags(m_reader, {});
        readHosts();
        readThrottles();
        forEach("contracts", [this](ObjectReader &item) {
            const NodeId node = readNode(item);
            BlockData contract = readClusters(item, "data", NodeId());
            if (!m_failure)
                setContract(m_world, node, std::move(contract));
        });
        forEach("bitmaps", [this](ObjectReader &item) { readBitmap(item); });
        forEach("snapshots", [this](ObjectReader &item) { readSnapshot(item); });
        forEach("findings", [this](ObjectReader &item) { readFinding(item); });
        forEach("listed", [this](ObjectReader &item) { readListed(item); });
        if (!m_failure)
            rememberContractsOfReaders(m_world);
    }

private:
    template <class ReadItem>
    void forEach(std::string_view key, ReadItem readItem)
    {
        const Place place = m_reader.place(key);
        Value::List items = m_reader.list(key, kMaximumItems);
        for (std::size_t i = 0; i < items.size() && !m_failure; ++i) {
            const Place at = place.at(i);
            ObjectReader item(items[i], at, m_failure);
            readItem(item);
            item.expectNothingElse();
        }
    }

    NodeId readNode(ObjectReader &item)
    {
        return NodeId{m_names.nodes.resolve(item.take("node"), m_ids.nodes, "node", item.place("node"), m_failure)};
    }

    BlockData readClusters(ObjectReader &item, std::string_view key, NodeId node)
    {
        BlockData data;
        if (const auto wrong = clustersFromText(item.text(key), node, m_ids, data))
            item.fail("FILE-DATA", key, *wrong);
        m_clusters += data.size();
        if (m_clusters > kMaximumAllClusters)
            item.fail("FILE-LIMIT", key, "contracts and snapshots have more clusters than can be read");
        return data;
    }

    Cluster readOne(ObjectReader &item, std::string_view key)
    {
        if (!item.has(key))
            return {};
        const BlockData data = readClusters(item, key, NodeId());
        if (data.size() == 1)
            return data.front();
        item.fail("FILE-RANGE", key, "one cluster is expected here");
        return {};
    }

    void readHosts()
    {
        for (const auto &[host, state] : m_reader.object("hosts")) {
            const Object *members = state.asObject();
            const std::string *text = members != nullptr ? findString(*members, "run-state") : state.asString();
            if (text == nullptr || text->empty() || host.empty()) {
                m_reader.fail("FILE-KIND", "hosts", "names of processes with their run states are expected here");
                continue;
            }
            m_world.otherHosts.edit()[host] = *text;
            if (members != nullptr)
                readMembers(host, *members);
        }
    }

    void readMembers(const std::string &host, const Object &members)
    {
        for (const auto &[name, value] : members) {
            const auto known = std::find_if(kHostFlags.begin(), kHostFlags.end(),
                                            [&key = name](const auto &each) { return key == each.second; });
            if (name == "run-state")
                continue;
            if (known == kHostFlags.end() || value.asBool() == nullptr)
                m_reader.fail("FILE-KIND", "hosts", "what is known of a process is expected here, as true or false");
            else
                setHostFlag(m_world, known->first, host, *value.asBool());
        }
    }

    void readHostFlags(ObjectReader &reader, const std::string &host)
    {
        for (const auto &[flag, name] : kHostFlags)
            setHostFlag(m_world, flag, host, reader.flag(name, false));
    }

    void readThrottles()
    {
        for (auto &[group, limits] : m_reader.object("throttle-groups")) {
            if (limits.asObject() == nullptr)
                m_reader.fail("FILE-KIND", "throttle-groups", "names of groups with their limits are expected here");
            else
                m_world.throttles.edit()[group] = *limits.asObject();
        }
    }

    void readBitmap(ObjectReader &item)
    {
        const NodeId node = readNode(item);
        DirtyBitmap bitmap;
        bitmap.name = item.name("name");
        if (const auto wrong = bitsFromText(item.text("bits"), bitmap.bits))
            item.fail("FILE-DATA", "bits", *wrong);
        bitmap.granularity = item.number("granularity", bitmap.granularity);
        bitmap.isRecording = item.flag("recording", true);
        bitmap.isPersistent = item.flag("persistent", false);
        bitmap.isInconsistent = item.flag("inconsistent", false);
        bitmap.isReadOnly = item.flag("read-only", false);
        if (const auto wrong = bitsFromText(item.text("successor"), bitmap.successor))
            item.fail("FILE-DATA", "successor", *wrong);
        if (!bitmap.successor.empty() && bitmap.successor.size() != bitmap.bits.size())
            item.fail("FILE-STATE", "successor", "this must be as long as “bits”");
        if (item.has("busy"))
            bitmap.busy =
                JobId{m_names.jobs.resolve(item.take("busy"), m_ids.jobs, "job", item.place("busy"), m_failure)};
        if (!m_failure)
            checkBitmap(node, bitmap, item);
        if (!m_failure)
            m_world.bitmaps.edit()[node].push_back(std::move(bitmap));
    }

    void readSnapshot(ObjectReader &item)
    {
        const NodeId node = readNode(item);
        InternalSnapshot snapshot;
        snapshot.id = item.name("id");
        snapshot.name = item.text("name");
        snapshot.taken = item.number("taken", 0);
        snapshot.hasVmState = item.flag("vm-state", false);
        snapshot.clusters = readClusters(item, "data", node);
        snapshot.shown = readClusters(item, "shown", NodeId());
        if (!m_failure)
            m_world.snapshots.edit()[node].push_back(std::move(snapshot));
    }

    void readFinding(ObjectReader &item)
    {
        Finding finding;
        const std::string name = item.name("kind");
        const auto kind = findingFromName(name);
        if (!kind)
            item.fail("FILE-RANGE", "kind", "there is no kind of finding “" + name + "”");
        finding.kind = kind.value_or(finding.kind);
        finding.since = item.number("since", 0);
        finding.node = readNode(item);
        finding.party = readParty(item);
        finding.cluster = item.count("cluster", 0, kMaximumClusters);
        finding.expected = readOne(item, "expected");
        finding.found = readOne(item, "found");
        const auto actions = actionsFromText(item.text("action"));
        for (Action action : kActions) {
            if (actions && actions->contains(action))
                finding.action = action;
        }
        if (!m_failure && finding.kind == Finding::Kind::AccessViolation && isGoingOn(finding.party))
            item.fail("FILE-STATE", "kind", "who was stopped at an access has ended");
        if (!m_failure)
            m_world.findings.edit().push_back(finding);
    }

    bool isGoingOn(const std::optional<Holder> &party) const
    {
        if (!party || party->kind == Holder::Kind::User)
            return false;
        return party->kind != Holder::Kind::Job || m_world.job(JobId{party->id}).isActive();
    }

    /// What the operations rely on.
    void checkBitmap(NodeId node, const DirtyBitmap &bitmap, ObjectReader &item)
    {
        const auto known = m_world.bitmaps->find(node);
        const bool isSecond = known != m_world.bitmaps->end() &&
                              std::any_of(known->second.begin(), known->second.end(),
                                          [&](const DirtyBitmap &each) { return each.name == bitmap.name; });
        const std::size_t clusters = m_world.data[node.value]->size();
        if (isSecond)
            item.fail("FILE-DUPLICATE", "name", "the node has two bitmaps of the name “" + bitmap.name + "”");
        if (m_world.node(node).isOpen && dataNode(m_world.graph, node) != node)
            item.fail("FILE-STATE", "node", "the node that keeps the data is expected here");
        if (bitmap.bits.size() != clusters || (!bitmap.successor.empty() && bitmap.successor.size() != clusters))
            item.fail("FILE-DATA", "bits", "the node has " + std::to_string(clusters) + " clusters");
        if (bitmap.busy && (!m_world.job(*bitmap.busy).isActive() || m_world.job(*bitmap.busy).bitmap != bitmap.name))
            item.fail("FILE-STATE", "busy", "the job does not use this bitmap");
    }

    std::optional<Holder> readParty(ObjectReader &item)
    {
        if (item.has("job"))
            return Holder::of(
                JobId{m_names.jobs.resolve(item.take("job"), m_ids.jobs, "job", item.place("job"), m_failure)});
        if (item.has("user"))
            return Holder::of(
                UserId{m_names.users.resolve(item.take("user"), m_ids.users, "user", item.place("user"), m_failure)});
        return item.flag("operation", false) ? std::optional(Holder::synchronous()) : std::nullopt;
    }

    void readListed(ObjectReader &item)
    {
        ListedRequest request;
        request.id = item.name("id");
        request.execute = item.name("execute");
        request.arguments = item.object("arguments");
        for (const Value &role : item.list("forget", 100))
            request.forget.push_back(role.asString() != nullptr ? *role.asString() : std::string());
        request.nodes = readRoles(item, "nodes", m_names.nodes, m_ids.nodes, m_failure);
        request.claims = readClaims(item, "claims", m_names.nodes, m_ids.nodes, m_failure);
        request.listedAt = item.number("listed-at", 0);
        request.host = item.text("host");
        if (!m_failure)
            m_world.listed.edit().push_back(std::move(request));
    }

    static constexpr std::size_t kMaximumAllClusters = 4'000'000;

    ObjectReader &m_reader;
    const FileNames &m_names;
    const IdCounts &m_ids;
    World &m_world;
    Failure &m_failure;
    std::size_t m_clusters = 0;
};

} // namespace

void writeParts(const World &world, const FileNames &names, Object &object)
{
    const PartsWriter writer(world, names);
    const auto put = [&](const char *key, Value::List list) {
        if (!list.empty())
            object[key] = std::move(list);
    };
    put("contracts", writer.contracts());
    put("bitmaps", writer.bitmaps());
    put("snapshots", writer.snapshots());
    put("findings", writer.findings());
    put("listed", writer.listed());
    if (Object switches = writeSwitches(world.switches); !switches.empty())
        object["switches"] = std::move(switches);
    Object hosts;
    for (const auto &[host, state] : *world.otherHosts)
        hosts[host] = writeHost(world, host, state);
    if (!hosts.empty())
        object["hosts"] = std::move(hosts);
    Object throttles;
    for (const auto &[group, limits] : *world.throttles)
        throttles[group] = limits;
    if (!throttles.empty())
        object["throttle-groups"] = std::move(throttles);
    writeHostFlags(world, {}, object);
}

void readParts(ObjectReader &reader, const FileNames &names, const IdCounts &ids, World &world, Failure &failure)
{
    PartsReader(reader, names, ids, world, failure).read();
}

Object writeSwitches(SwitchSet switches)
{
    Object object;
    for (unsigned i = 0; i < kSwitchCount; ++i) {
        const auto which = static_cast<Switch>(i);
        if (switches.contains(which) != kDefaultSwitches.contains(which))
            object[std::string(switchName(which))] = switches.contains(which);
    }
    return object;
}

SwitchSet readSwitches(ObjectReader &reader, std::string_view key)
{
    SwitchSet switches = kDefaultSwitches;
    for (const auto &[name, value] : reader.object(key)) {
        const auto which = switchFromName(name);
        if (!which || value.asBool() == nullptr) {
            reader.fail("FILE-RANGE", key,
                        "names of switches with true or false are expected here, not “" + name + "”");
            continue;
        }
        if (*value.asBool())
            switches.insert(*which);
        else
            switches.remove(*which);
    }
    return switches;
}

} // namespace blockscope
