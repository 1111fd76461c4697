// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "tests/views/samplepicture.h"

namespace blockscope::views::samples {
namespace {

using namespace Qt::StringLiterals;

std::array<ActionCell, 5> heldCells()
{
    return {{{1, true, true, false, false},
             {0, true, false, false, false},
             {1, true, false, false, false},
             {2, true, true, false, false},
             {14, true, true, false, false}}};
}

JobMark job(JobLook look, const QString &status)
{
    return {u"job0"_s, u"block-commit"_s, u"top"_s, status, 40, look};
}

std::vector<DataCell> clusters(int seed)
{
    std::vector<DataCell> data(64);
    for (std::size_t i = 0; i < data.size(); ++i) {
        const unsigned kind = (static_cast<unsigned>(seed) * 7U + static_cast<unsigned>(i) / 5U) % 3U;
        data[i] = {static_cast<DataCell::Kind>(kind), static_cast<std::uint8_t>(seed), false};
    }
    return data;
}

void move(Picture &picture, QPointF by, std::uint32_t firstId)
{
    for (NodeFace &node : picture.nodes) {
        node.rect.translate(by);
        node.id += firstId;
    }
    for (UserFace &user : picture.users) {
        user.rect.translate(by);
        user.id += firstId;
    }
    for (EdgeFace &edge : picture.edges) {
        edge.id += firstId;
        for (QPointF &point : edge.points)
            point += by;
    }
}

template <typename Faces>
void append(Faces &to, const Faces &from)
{
    to.insert(to.end(), from.begin(), from.end());
}

void addLink(Picture &picture, int row, double top, int length)
{
    NodeFace box = node(u"node%1"_s.arg(row));
    box.id = static_cast<std::uint32_t>(2 * row);
    box.rect.moveTo(0, top);
    box.readOnly = row > 0;
    box.data = clusters(row);
    box.detail = u"/images/%1.qcow2"_s.arg(box.name);
    box.cells = heldCells();
    if (row == length / 2) {
        box.jobs = {job(JobLook::Running, u"running"_s)};
        box.verdict = DragVerdict::Refused;
        box.reason = u"job0 does not allow graph reconfiguration"_s;
        box.cells[2].clashAllow = true;
    }
    NodeFace leaf = node(box.name + u".file"_s, true);
    leaf.id = box.id + 1;
    leaf.driver = u"file"_s;
    leaf.rect.moveTo(nodeSize().width() + kColumnGap, top + 36);
    leaf.cells = box.cells;
    const double middle = leaf.rect.center().y();
    picture.edges.push_back({leaf.id, u"file"_s, {{box.rect.right(), middle}, {leaf.rect.left(), middle}}});
    if (row + 1 < length) {
        const QPointF bottom(box.rect.center().x(), box.rect.bottom());
        picture.edges.push_back({box.id, u"backing"_s, {bottom, bottom + QPointF(0, kRowGap)}});
    }
    picture.nodes.push_back(box);
    picture.nodes.push_back(leaf);
}

} // namespace

NodeFace node(const QString &name, bool protocol)
{
    NodeFace face;
    face.name = name;
    face.driver = u"qcow2"_s;
    face.protocol = protocol;
    face.rect = QRectF(QPointF(0, 0), protocol ? protocolSize() : nodeSize());
    face.data = std::vector<DataCell>(64);
    return face;
}

std::vector<NamedNode> states()
{
    std::vector<NamedNode> all;
    const auto add = [&all](const char *state, auto change) {
        NodeFace face = node(u"disk"_s);
        change(face);
        all.push_back({state, face});
    };
    const auto addHeld = [&add](const char *state, auto change) {
        add(state, [&change](NodeFace &face) {
            face.cells = heldCells();
            change(face);
        });
    };
    add("idle", [](NodeFace &) {});
    addHeld("held", [](NodeFace &) {});
    addHeld("job running", [](NodeFace &face) { face.jobs = {job(JobLook::Running, u"running"_s)}; });
    addHeld("job paused", [](NodeFace &face) { face.jobs = {job(JobLook::Paused, u"paused"_s)}; });
    addHeld("job ready", [](NodeFace &face) { face.jobs = {job(JobLook::Ready, u"ready"_s)}; });
    addHeld("job failed", [](NodeFace &face) { face.jobs = {job(JobLook::Failed, u"aborting"_s)}; });
    addHeld("two jobs", [](NodeFace &face) {
        face.jobs = {job(JobLook::Running, u"running"_s), job(JobLook::Paused, u"paused"_s)};
    });
    addHeld("granted", [](NodeFace &face) { face.verdict = DragVerdict::Granted; });
    addHeld("refused", [](NodeFace &face) { face.verdict = DragVerdict::Refused; });
    addHeld("refused with a reason", [](NodeFace &face) {
        face.verdict = DragVerdict::Refused;
        face.reason = u"job0 does not allow graph reconfiguration"_s;
    });
    addHeld("clash with what is not allowed", [](NodeFace &face) { face.cells[2].clashAllow = true; });
    addHeld("clash with what is required", [](NodeFace &face) { face.cells[2].clashRequire = true; });
    add("finding", [](NodeFace &face) { face.finding = u"cluster 3 lost its data"_s; });
    add("read-only", [](NodeFace &face) { face.readOnly = true; });
    add("filter", [](NodeFace &face) { face.filter = true; });
    add("obsolete", [](NodeFace &face) { face.obsolete = true; });
    add("an access was stopped", [](NodeFace &face) {
        face.finding = u"cluster 3 lost its data"_s;
        face.stopped = true;
    });
    add("inactive", [](NodeFace &face) {
        face.inactive = true;
        face.tags = {u"inactive"_s};
    });
    add("makes no sense here", [](NodeFace &face) { face.greyed = true; });
    add("of another process", [](NodeFace &face) { face.host = u"destination"_s; });
    add("bitmaps", [](NodeFace &face) { face.tags = {u"2 bitmaps"_s}; });
    add("bitmaps, one busy", [](NodeFace &face) { face.tags = {u"2 bitmaps, 1 busy"_s}; });
    add("everything on its edges", [](NodeFace &face) {
        face.host = u"destination"_s;
        face.finding = u"cluster 3 lost its data"_s;
        face.tags = {u"3 snapshots"_s, u"2 bitmaps"_s, u"same image as a node with a long name"_s, u"inactive"_s};
    });
    add("selected", [](NodeFace &face) { face.selected = true; });
    add("highlighted", [](NodeFace &face) { face.highlighted = true; });
    add("detail", [](NodeFace &face) { face.detail = u"/images/disk.qcow2"_s; });
    add("zero data", [](NodeFace &face) { face.data[3] = {DataCell::Kind::Zero, 0, false}; });
    add("data", [](NodeFace &face) { face.data[3] = {DataCell::Kind::Value, 0, false}; });
    add("data of another writer", [](NodeFace &face) { face.data[3] = {DataCell::Kind::Value, 1, false}; });
    add("damaged data", [](NodeFace &face) { face.data[3] = {DataCell::Kind::Value, 0, true}; });
    return all;
}

Picture chain(int length)
{
    Picture picture;
    picture.title = u"A commit in the middle refuses a stream"_s;
    picture.subtitle = u"NAC, step 17"_s;
    picture.legend = true;
    UserFace guest;
    guest.name = u"vda"_s;
    guest.running = true;
    guest.state = u"guest, running"_s;
    guest.rect = QRectF(QPointF(40, 0), userSize());
    picture.users.push_back(guest);
    const double first = userSize().height() + kRowGap;
    picture.edges.push_back({9999, u"root"_s, {{128, guest.rect.bottom()}, {128, first}}});
    for (int row = 0; row < length; ++row)
        addLink(picture, row, first + row * (nodeSize().height() + kRowGap), length);
    picture.explanations = {
        {u"block-stream was refused: job0 is rewriting node2"_s,
         {u"1. node2, graph reconfiguration (NAC-R1): job0 does not allow it."_s, u"Would help: wait for job0."_s}}};
    return picture;
}

Picture chains(int count, int columns)
{
    Picture all = chain(0);
    all.users.clear();
    all.edges.clear();
    for (int i = 0; i < count; ++i) {
        Picture one = chain(5);
        const int row = i / columns;
        move(one, QPointF(560.0 * (i % columns), 1000.0 * row), static_cast<std::uint32_t>(i) * 16);
        append(all.nodes, one.nodes);
        append(all.users, one.users);
        append(all.edges, one.edges);
    }
    return all;
}

QStringList hostileNames()
{
    return {u"a<b>&\"c'"_s,
            u"]]>--><!-- <script>alert(1)</script>"_s,
            u"bell\x07 escape\x1b[31m nul"_s + QChar(0),
            u"\u202Eevil\u202C"_s,
            u"\U0001F4BE disk \u78C1\u76D8"_s,
            QString(QChar(0xD800)) + u"lone"_s,
            QString(QChar(0xFFFE)) + QChar(0xFFFF),
            u"  two  spaces  "_s,
            QString(4000, u'W'),
            u"line\nbreak\ttab"_s,
            QString()};
}

} // namespace blockscope::views::samples
