// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "views/graph/drawlegend.h"

#include "views/graph/drawcells.h"
#include "views/graph/drawframe.h"
#include "views/graph/drawnode.h"
#include "views/graph/drawpicture.h"
#include "views/graph/glyphs.h"

#include <QCoreApplication>

#include <algorithm>
#include <functional>

namespace blockscope::views {
namespace {

struct LegendText
{
    Q_DECLARE_TR_FUNCTIONS(Legend)
};

constexpr double kRow = 22;
constexpr double kHeading = 22;
constexpr double kSampleWidth = 36;
constexpr double kSampleHeight = 16;
constexpr double kTextLeft = 48;
constexpr double kGroupGapAcross = 32;
constexpr double kGroupGap = 12;
constexpr std::size_t kExample = 2; // GR, the action that most refusals are about

using Sample = std::function<void(Canvas &, const QRectF &, const Theme &)>;

struct Entry
{
    Sample sample;
    QString text;
};

struct Group
{
    QString heading;
    std::vector<Entry> entries;

    [[nodiscard]] double width() const
    {
        double width = textWidth(heading, TextSize::Small, true);
        for (const Entry &entry : entries)
            width = std::max(width, kTextLeft + textWidth(entry.text, TextSize::Small));
        return width;
    }
    [[nodiscard]] double height() const { return kHeading + kRow * static_cast<double>(entries.size()); }
};

template <typename Predicate>
bool anyNode(const Picture &picture, Predicate predicate)
{
    return std::any_of(picture.nodes.begin(), picture.nodes.end(), predicate);
}

template <typename Predicate>
bool anyUser(const Picture &picture, Predicate predicate)
{
    return std::any_of(picture.users.begin(), picture.users.end(), predicate);
}

template <typename Predicate>
bool anyCell(const Picture &picture, Predicate predicate)
{
    return anyNode(picture,
                   [&](const NodeFace &node) { return std::any_of(node.cells.begin(), node.cells.end(), predicate); });
}

template <typename Predicate>
bool anyData(const Picture &picture, Predicate predicate)
{
    return anyNode(picture, [&](const NodeFace &node) {
        return !node.protocol && std::any_of(node.data.begin(), node.data.end(), predicate);
    });
}

Sample cellSample(CellLook look, std::size_t action, int count = 0)
{
    return [=](Canvas &canvas, const QRectF &rect, const Theme &theme) {
        drawCell(canvas, rect, action, look, count, theme);
    };
}

/// A box in the state of \a node, without its text.
Sample boxSample(NodeFace node)
{
    return [node](Canvas &canvas, const QRectF &rect, const Theme &theme) mutable {
        const double inset = node.highlighted || node.selected ? 4 : 1; // room for what lies behind
        node.rect = rect.adjusted(inset + 2, inset, -inset - 2, -inset);
        drawBehind(canvas, node.rect, 4, node.selected, node.highlighted, theme);
        canvas.rect(insidePen(node.rect, 1), {theme.surface, {}}, 4);
        drawOutline(canvas, node, 4, theme);
    };
}

void hostSample(Canvas &canvas, const QRectF &rect, const Theme &theme)
{
    canvas.rect(rect, {theme.edge, {}}, 3);
    canvas.label(rect.center(), LegendText::tr("host"), rect.width() - 4,
                 {inkOn(theme.edge), TextSize::Small, false, Anchor::Middle});
}

Sample dataSample(std::vector<DataCell> data)
{
    return [data = std::move(data)](Canvas &canvas, const QRectF &rect, const Theme &theme) {
        drawData(canvas, QRectF(rect.left(), rect.top() + 6, rect.width(), 8), data, theme);
    };
}

template <typename Draw>
Sample signSample(Draw draw)
{
    return [draw](Canvas &canvas, const QRectF &rect, const Theme &theme) { draw(canvas, rect.center(), theme); };
}

Group actionGroup()
{
    Group group{LegendText::tr("Actions"), {}};
    const QString names[kActionCount] = {LegendText::tr("modify visible data"), LegendText::tr("modify metadata"),
                                         LegendText::tr("graph reconfiguration"), LegendText::tr("read visible data"),
                                         LegendText::tr("read metadata")};
    for (std::size_t i = 0; i < kActionCount; ++i)
        group.entries.push_back({cellSample(CellLook::Filled, i), names[i]});
    return group;
}

Group cellGroup(const Picture &picture)
{
    Group group{LegendText::tr("Cells"), {}};
    group.entries.push_back(
        {cellSample(CellLook::Filled, kExample, 2), LegendText::tr("required by 2, or allowed by all")});
    group.entries.push_back({cellSample(CellLook::Empty, kExample), LegendText::tr("not required, or not held")});
    group.entries.push_back({cellSample(CellLook::Denied, kExample), LegendText::tr("not allowed by some holder")});
    if (anyCell(picture, [](const ActionCell &cell) { return cell.clashAllow || cell.clashRequire; }))
        group.entries.push_back({[](Canvas &canvas, const QRectF &rect, const Theme &theme) {
                                     drawCell(canvas, rect, kExample, CellLook::Denied, 0, theme);
                                     drawClash(canvas, rect, theme);
                                 },
                                 LegendText::tr("would clash with the request")});
    return group;
}

void addStates(Group &group, const Picture &picture)
{
    const auto add = [&](auto member, const QString &text) {
        NodeFace face;
        face.*member = true;
        if (anyNode(picture, [member](const NodeFace &node) { return node.*member; }))
            group.entries.push_back({boxSample(face), text});
    };
    const auto addVerdict = [&](DragVerdict verdict, const QString &text) {
        NodeFace face;
        face.verdict = verdict;
        if (anyNode(picture, [verdict](const NodeFace &node) { return node.verdict == verdict; }))
            group.entries.push_back({boxSample(face), text});
    };
    NodeFace held;
    held.cells[0].held = true;
    group.entries.push_back({boxSample({}), LegendText::tr("idle")});
    if (anyNode(picture, isHeld))
        group.entries.push_back({boxSample(held), LegendText::tr("held")});
    addVerdict(DragVerdict::Granted, LegendText::tr("would be granted"));
    addVerdict(DragVerdict::Refused, LegendText::tr("would be refused"));
    add(&NodeFace::highlighted, LegendText::tr("named by a reason"));
    add(&NodeFace::obsolete, LegendText::tr("obsolete"));
    add(&NodeFace::inactive, LegendText::tr("inactive: handed over"));
    add(&NodeFace::greyed, LegendText::tr("makes no sense here"));
}

Group nodeGroup(const Picture &picture)
{
    Group group{LegendText::tr("Nodes"), {}};
    addStates(group, picture);
    if (anyNode(picture, [](const NodeFace &node) { return !node.jobs.empty(); }))
        group.entries.push_back({[](Canvas &canvas, const QRectF &rect, const Theme &theme) {
                                     drawProgress(canvas, rect.adjusted(0, 6, 0, -6), 60, JobLook::Running, theme);
                                 },
                                 LegendText::tr("a job runs here")});
    const auto lock = [](Canvas &canvas, QPointF at, const Theme &theme) { drawLock(canvas, at, theme.textMuted); };
    const auto funnel = [](Canvas &canvas, QPointF at, const Theme &theme) { drawFunnel(canvas, at, theme.textMuted); };
    if (anyNode(picture, [](const NodeFace &node) { return node.readOnly; }))
        group.entries.push_back({signSample(lock), LegendText::tr("read-only")});
    if (anyNode(picture, [](const NodeFace &node) { return node.filter; }))
        group.entries.push_back({signSample(funnel), LegendText::tr("filter")});
    if (anyNode(picture, [](const NodeFace &node) { return !node.finding.isEmpty() && !node.stopped; }))
        group.entries.push_back({signSample(drawWarning), LegendText::tr("something broke here")});
    if (anyNode(picture, [](const NodeFace &node) { return !node.finding.isEmpty() && node.stopped; }))
        group.entries.push_back({signSample(drawStopped), LegendText::tr("an access was stopped here")});
    if (anyNode(picture, [](const NodeFace &node) { return !node.host.isEmpty(); }) ||
        anyUser(picture, [](const UserFace &user) { return !user.host.isEmpty(); }))
        group.entries.push_back({hostSample, LegendText::tr("of another process")});
    return group;
}

/// Guests alone need no explanation.
Group userGroup(const Picture &picture)
{
    Group group{LegendText::tr("Users"), {}};
    const auto isPlain = [](const UserFace &user) { return user.kind == UserKind::GuestDevice; };
    if (std::all_of(picture.users.begin(), picture.users.end(), isPlain))
        return group;
    const std::pair<UserKind, QString> kinds[] = {
        {UserKind::GuestDevice, LegendText::tr("device of a guest")},
        {UserKind::Drive, LegendText::tr("drive with a removable medium")},
        {UserKind::OpenDrive, LegendText::tr("drive, its tray open")},
        {UserKind::Export, LegendText::tr("export over the network (NBD)")},
        {UserKind::FuseExport, LegendText::tr("export as a file (FUSE)")},
        {UserKind::VhostExport, LegendText::tr("export to another program (vhost-user)")},
        {UserKind::Backend, LegendText::tr("backend without a known user")},
        {UserKind::Job, LegendText::tr("a job")}};
    for (const auto &[kind, text] : kinds) {
        const auto draw = [kind = kind](Canvas &canvas, QPointF at, const Theme &theme) {
            drawUserKind(canvas, at, kind, theme.text);
        };
        if (anyUser(picture, [kind = kind](const UserFace &user) { return user.kind == kind; }))
            group.entries.push_back({signSample(draw), text});
    }
    return group;
}

Group dataGroup(const Picture &picture)
{
    using Kind = DataCell::Kind;
    Group group{LegendText::tr("Data, cluster by cluster"), {}};
    const auto has = [&picture](Kind kind) {
        return anyData(picture, [kind](const DataCell &cell) { return !cell.damaged && cell.kind == kind; });
    };
    if (has(Kind::Value))
        group.entries.push_back(
            {dataSample({{Kind::Value, 0, false}, {Kind::Value, 1, false}, {Kind::Value, 2, false}}),
             LegendText::tr("written, coloured by writer")});
    if (has(Kind::Zero))
        group.entries.push_back({dataSample({{Kind::Zero, 0, false}}), LegendText::tr("zero")});
    if (has(Kind::Unallocated))
        group.entries.push_back({dataSample({{}}), LegendText::tr("not here: read from below")});
    if (anyData(picture, [](const DataCell &cell) { return cell.damaged; }))
        group.entries.push_back({dataSample({{}, {Kind::Value, 0, true}, {}}), LegendText::tr("damaged")});
    return group;
}

std::vector<Group> legendGroups(const Picture &picture)
{
    std::vector<Group> groups{actionGroup(), cellGroup(picture), nodeGroup(picture), userGroup(picture),
                              dataGroup(picture)};
    std::erase_if(groups, [](const Group &group) { return group.entries.empty(); });
    return groups;
}

void drawGroup(Canvas &canvas, QPointF corner, const Group &group, const Theme &theme)
{
    canvas.label(corner + QPointF(0, kSampleHeight / 2), group.heading, group.width() + 1,
                 {theme.text, TextSize::Small, true, Anchor::Start});
    double top = corner.y() + kHeading;
    for (const Entry &entry : group.entries) {
        entry.sample(canvas, QRectF(corner.x(), top, kSampleWidth, kSampleHeight), theme);
        canvas.label({corner.x() + kTextLeft, top + kSampleHeight / 2}, entry.text, group.width(),
                     {theme.textMuted, TextSize::Small, false, Anchor::Start});
        top += kRow;
    }
}

} // namespace

QSizeF legendSize(const Picture &picture, bool sideBySide)
{
    double width = 0;
    double height = 0;
    for (const Group &group : legendGroups(picture)) {
        width = sideBySide ? width + group.width() + (width > 0 ? kGroupGapAcross : 0) : std::max(width, group.width());
        height = sideBySide ? std::max(height, group.height()) : height + group.height() + (height > 0 ? kGroupGap : 0);
    }
    return {width, height};
}

void drawLegend(Canvas &canvas, QPointF corner, const Picture &picture, bool sideBySide, const Theme &theme)
{
    for (const Group &group : legendGroups(picture)) {
        drawGroup(canvas, corner, group, theme);
        corner += sideBySide ? QPointF(group.width() + kGroupGapAcross, 0) : QPointF(0, group.height() + kGroupGap);
    }
}

} // namespace blockscope::views
