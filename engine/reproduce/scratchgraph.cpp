// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "engine/reproduce/scratchgraph.h"

#include "engine/graph/walk.h"
#include "engine/operations/arguments.h"
#include "engine/reproduce/scratchimages.h"
#include "engine/reproduce/scratchnodes.h"
#include "engine/world/blockio.h"

#include <algorithm>

namespace blockscope {

namespace {

using Why = Unplayed::Why;

bool isDriven(const User &user)
{
    return user.isAttached && user.host.empty() && !user.job;
}

class GraphMaker
{
public:
    GraphMaker(const World &world, const ScratchWishes &wishes, ScratchNames &names, ScratchNeeds &needs)
        : m_world(world), m_wishes(wishes), m_names(names), m_needs(needs), m_nodes(world, names, needs)
    {
    }

    Result<ScratchGraph> make()
    {
        if (auto error = m_nodes.sort())
            return *error;
        m_graph.images = imageCommands(m_world, m_nodes.order(), m_names, m_graph.files);
        addNodes();
        for (const auto &user : m_world.users) {
            if (isDriven(*user))
                addUser(*user);
        }
        addBitmaps();
        addExports();
        for (JobId job : m_world.liveJobs())
            addJob(m_world.job(job));
        if (!m_world.isVmRunning() && m_world.runState != "paused" && m_world.runState != "prelaunch" &&
            m_world.runState != "inmigrate")
            note(Why::OtherRunState, m_world.runState);
        return std::move(m_graph);
    }

private:
    void note(Why why, const std::string &subject) { m_graph.notes.push_back({why, subject}); }
    void setUp(Object step) { m_graph.setup.emplace_back(std::move(step)); }
    void send(const char *command, Object arguments)
    {
        setUp({{"execute", command}, {"arguments", std::move(arguments)}});
    }

    /// Nodes on top of a disk of a device (an overlay for its backup): who already has the disk keeps a device off it
    /// (bdrv_op_block_all() in bdrv_set_backing_noperm()), so they come after the devices, as they did in life.
    void findLateNodes()
    {
        std::set<NodeId> disks;
        for (const auto &user : m_world.users) {
            const auto root = m_world.rootOf(user->id);
            if (root && isDriven(*user) && user->kind == User::Kind::Guest)
                disks.insert(m_nodes.belowFilters(*root));
        }
        const auto isBelow = [&](NodeId id) {
            return std::any_of(disks.begin(), disks.end(),
                               [&](NodeId disk) { return isReachable(m_world.graph, disk, id); });
        };
        for (NodeId id : m_nodes.order()) { // children first
            const auto children = m_nodes.links(id);
            const bool isLate = std::any_of(children.begin(), children.end(), [&](const Edge *edge) {
                const NodeId child = m_nodes.belowFilters(edge->child);
                return disks.contains(child) || m_late.contains(child);
            });
            if (isLate && !isBelow(id))
                m_late.insert(id);
        }
    }

    void addNodes()
    {
        findLateNodes();
        for (std::uint32_t i = 0; i < m_world.graph.nodeCount(); ++i) {
            if (const Node &node = m_world.node(NodeId{i}); node.isOpen && !node.host.empty())
                note(Why::LeftOutHost, node.name);
        }
        for (NodeId id : m_nodes.order()) {
            if (scratchDriver(m_world, id).isReplaced)
                note(Why::ReplacedDriver, m_world.node(id).name);
            if (const auto backend = backendOf(id)) {
                addDrive(id, *backend);
                continue;
            }
            if (m_late.contains(id)) {
                send("blockdev-add", m_nodes.options(id));
                continue;
            }
            m_graph.nodes.emplace_back("-blockdev");
            m_graph.nodes.emplace_back(m_nodes.options(id));
        }
    }

    /// The user of \a node whose BlockBackend has a name; such a node is made with it.
    std::optional<UserId> backendOf(NodeId node) const
    {
        for (const auto &user : m_world.users) {
            const auto root = isDriven(*user) ? m_world.rootOf(user->id) : std::nullopt;
            if (root && m_nodes.belowFilters(*root) == node && isNamed(*user))
                return user->id;
        }
        return std::nullopt;
    }

    bool isNamed(const User &user) const
    {
        return m_wishes.named.contains(user.id) || isWellFormedId(user.backendName);
    }

    std::string backendName(const User &user) const
    {
        return isWellFormedId(user.backendName) ? user.backendName : m_names.user(user.id);
    }

    /// A node below a BlockBackend that has a name: only -drive gives one. What it takes for a file name is "file", so
    /// that child stands within.
    void addDrive(NodeId id, UserId user)
    {
        Object all = m_nodes.options(id);
        const std::string text = "if=none,id=" + backendName(m_world.user(user));
        for (const Edge *edge : m_nodes.links(id)) {
            if (edge->role != "file")
                continue;
            const NodeId file = m_nodes.belowFilters(edge->child);
            all["file"] = m_nodes.options(file);
            removeNode(file);
        }
        m_graph.nodes.emplace_back("-drive");
        m_graph.nodes.emplace_back(text + driveOptions(all));
    }

    /// The words of a node that was to stand alone.
    void removeNode(NodeId id)
    {
        auto &words = m_graph.nodes;
        for (std::size_t i = 1; i < words.size(); i += 2) {
            const auto *made = words[i].asObject();
            const auto *name = made != nullptr ? findString(*made, "node-name") : nullptr;
            if (name == nullptr || *name != m_names.node(id))
                continue;
            words.erase(words.begin() + static_cast<std::ptrdiff_t>(i) - 1,
                        words.begin() + static_cast<std::ptrdiff_t>(i) + 1);
            return;
        }
    }

    void addUser(const User &user)
    {
        if (user.kind == User::Kind::Guest)
            addDevice(user);
        else if (user.kind == User::Kind::Backend && !isNamed(user))
            note(Why::LeftOutUser, user.name);
    }

    void addDevice(const User &user)
    {
        const auto root = m_world.rootOf(user.id);
        const char *model = deviceModel(user);
        Object device{{"driver", model}, {"id", m_names.user(user.id)}, {"bus", *busOf(model, m_needs)}};
        if (root)
            device["drive"] = isNamed(user) ? backendName(user) : m_names.node(m_nodes.belowFilters(*root));
        if (user.sharesWrites)
            device["share-rw"] = true;
        if (std::string_view(model) == "nvme")
            device["serial"] = "blockscope";
        m_graph.devices.emplace_back("-device");
        m_graph.devices.emplace_back(std::move(device));
        if (user.isTrayOpen)
            send("blockdev-open-tray", {{"id", m_names.user(user.id)}, {"force", true}});
    }

    void addExports()
    {
        const auto isExport = [](const auto &user) { return isDriven(*user) && user->kind == User::Kind::Export; };
        if (!m_world.is(HostFlag::ServesNbd, {}) && std::none_of(m_world.users.begin(), m_world.users.end(), isExport))
            return;
        send("nbd-server-start", {{"addr", Object{{"type", "unix"}, {"data", Object{{"path", "nbd.sock"}}}}}});
        for (const auto &user : m_world.users) {
            const auto root = m_world.rootOf(user->id);
            if (!isExport(user) || !root)
                continue;
            if (!user->exportType.empty() && user->exportType != "nbd")
                note(Why::ReplacedExport, user->name);
            send("block-export-add", {{"type", "nbd"},
                                      {"id", m_names.user(user->id)},
                                      {"name", m_names.user(user->id)},
                                      {"node-name", m_names.node(m_nodes.belowFilters(*root))},
                                      {"writable", user->isWritable}});
        }
    }

    std::optional<UserId> deviceOn(NodeId node) const
    {
        for (const auto &user : m_world.users) {
            const auto root = m_world.rootOf(user->id);
            if (isDriven(*user) && user->kind == User::Kind::Guest && user->isWritable && root &&
                m_nodes.belowFilters(*root) == node)
                return user->id;
        }
        return std::nullopt;
    }

    void addBitmaps()
    {
        for (const auto &[node, bitmaps] : *m_world.bitmaps) {
            if (!m_nodes.isMade(node))
                continue;
            for (const DirtyBitmap &bitmap : bitmaps)
                addBitmap(node, bitmap);
        }
    }

    void addBitmap(NodeId node, const DirtyBitmap &bitmap)
    {
        send("block-dirty-bitmap-add",
             {{"node", m_names.node(node)},
              {"name", bitmap.name},
              {"granularity", static_cast<std::int64_t>(bitmap.granularity)},
              {"persistent",
               bitmap.isPersistent && scratchDriver(m_world, node).name == "qcow2" && !m_world.node(node).isReadOnly}});
        const bool hasBits = std::find(bitmap.bits.begin(), bitmap.bits.end(), true) != bitmap.bits.end();
        const auto device = hasBits ? deviceOn(node) : std::nullopt;
        if (hasBits && !device)
            note(Why::LeftOutBits, bitmap.name);
        const std::uint64_t bytes = clusterBytes(m_world, node);
        for (std::size_t i = 0; device && i < bitmap.bits.size(); ++i) {
            if (bitmap.bits[i])
                setUp({{"human", "qemu-io -d " + m_names.user(*device) + " \"write -P 2 " + std::to_string(i * bytes) +
                                     " " + std::to_string(std::min(bytes, kDefaultClusterBytes)) + "\""},
                       {"answer", "wrote"}});
        }
        if (!bitmap.isRecording && !bitmap.busy)
            send("block-dirty-bitmap-disable", {{"node", m_names.node(node)}, {"name", bitmap.name}});
    }

    /// A job is started anew, and brought to its status.
    void addJob(const Job &job)
    {
        const bool hasFailed = job.status == JobStatus::Aborting || !job.error.empty();
        if (!job.isSimulated || hasFailed || !isWellFormedId(job.name)) {
            note(Why::LeftOutJob, job.name);
            return;
        }
        QmpCommand command{job.operation, job.arguments};
        command.arguments["job-id"] = job.name;
        const auto filter = job.node("filter");
        if (filter && m_names.node(*filter) == m_world.node(*filter).name)
            command.arguments["filter-node-name"] = m_names.node(*filter);
        if (!job.autoDismiss || job.status == JobStatus::Concluded)
            command.arguments["auto-dismiss"] = false;
        auto step = scratchCommand(command, m_names, m_graph.files, m_needs);
        if (auto *unplayed = std::get_if<Unplayed>(&step)) {
            m_graph.notes.push_back(*unplayed);
            note(Why::LeftOutJob, job.name);
            return;
        }
        Object &object = std::get<Object>(step);
        object["settle"] = Value::List{Value::List{job.name, toString(job.status)}};
        setUp(std::move(object));
    }

    const World &m_world;
    const ScratchWishes &m_wishes;
    ScratchNames &m_names;
    ScratchNeeds &m_needs;
    ScratchNodes m_nodes;
    std::set<NodeId> m_late;
    ScratchGraph m_graph;
};

} // namespace

Result<ScratchGraph> scratchGraph(const World &world, const ScratchWishes &wishes, ScratchNames &names,
                                  ScratchNeeds &needs)
{
    return GraphMaker(world, wishes, names, needs).make();
}

const char *deviceModel(const User &user)
{
    if (user.isRemovable)
        return "scsi-cd";
    return user.sharesResize ? "scsi-hd" : "nvme";
}

Value spareImage(const ScratchNeeds::Image &image)
{
    return Value::List{"qemu-img",
                       "create",
                       "-q",
                       "-f",
                       image.format,
                       image.name,
                       std::to_string(kDefaultClusters * kDefaultClusterBytes)};
}

std::uint64_t clusterBytes(const World &world, NodeId node)
{
    const std::uint64_t size = world.node(node).virtualSize;
    const std::uint64_t clusters = clusterCount(world, node);
    return size != 0 && clusters != 0 ? std::max<std::uint64_t>(512, size / clusters / 512 * 512)
                                      : kDefaultClusterBytes;
}

} // namespace blockscope
