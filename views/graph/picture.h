// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once
/// \file
/// A picture of a block graph as plain values: what the drawing shows, placed, and nothing of the engine. The same
/// Picture gives the same drawing on the screen, in PNG, PDF and SVG.
///
/// Units: scene units, x to the right, y down. Put boxes on whole units: then a hairline is one pixel at 100 %.

#include <QPointF>
#include <QRectF>
#include <QSizeF>
#include <QString>
#include <QStringList>

#include <array>
#include <cstdint>
#include <vector>

namespace blockscope::views {

// Sizes on a grid of 8. A layout needs no others: what hangs over a box stays within kBoxMargin of it.
inline constexpr QSizeF nodeSize()
{
    return {256, 120};
}
inline constexpr QSizeF protocolSize()
{
    return {144, 48};
}
inline constexpr QSizeF userSize()
{
    return {176, 40};
}
inline constexpr double kBoxMargin = 12; ///< badges, selection ring, the reason's plate, tags, the host
inline constexpr double kColumnGap = 64; ///< room for a role between boxes side by side
inline constexpr double kRowGap = 56;    ///< room for a role between boxes on top of each other

/// One of the five actions (MV MM GR RV RM) on one node.
struct ActionCell
{
    int requireCount = 0;      ///< holders that require it
    bool held = false;         ///< the node has a holder at all
    bool allowed = false;      ///< every holder allows it
    bool clashRequire = false; ///< what is dragged would not allow it, and a holder requires it (NAC-R2)
    bool clashAllow = false;   ///< what is dragged requires it, and a holder does not allow it (NAC-R1)

    bool operator==(const ActionCell &) const = default;
};

enum class JobLook : std::uint8_t { Running, Paused, Ready, Failed };

/// A job as it shows in one node.
struct JobMark
{
    QString id;
    QString type;   ///< QMP's name, "block-commit"
    QString role;   ///< of this node in the job, "base"
    QString status; ///< QMP's word, "running"
    int percent = 0;
    JobLook look = JobLook::Running;

    bool operator==(const JobMark &) const = default;
};

/// One cluster.
struct DataCell
{
    enum class Kind : std::uint8_t { Unallocated, Zero, Value };

    Kind kind = Kind::Unallocated;
    std::uint8_t color = 0; ///< of a value: who wrote it, modulo kValueColorCount
    bool damaged = false;

    bool operator==(const DataCell &) const = default;
};

enum class DragVerdict : std::uint8_t { None, Granted, Refused };

struct NodeFace
{
    std::uint32_t id = 0; ///< unique among the nodes of a picture
    QString name;
    QString driver;
    QString detail; ///< one quiet line while no job runs, the image file perhaps
    QRectF rect;    ///< nodeSize(), or protocolSize() for a leaf
    bool readOnly = false;
    bool protocol = false; ///< drawn as a small leaf folded beside its parent
    bool filter = false;
    bool obsolete = false;
    bool inactive = false; ///< handed over to another process, or not yet taken over
    bool greyed = false;   ///< what is dragged makes no sense here
    bool selected = false;
    bool highlighted = false; ///< a reason names it
    DragVerdict verdict = DragVerdict::None;
    QString reason;       ///< of the verdict, one line
    QString finding;      ///< what broke here, one line; empty when nothing did
    bool stopped = false; ///< the finding is an access that was stopped: no damage
    QString host;         ///< the process that opened it; empty for the first
    QStringList tags;     ///< a few words each, on the lower edge: "2 bitmaps"
    std::array<ActionCell, 5> cells;
    std::vector<JobMark> jobs;
    std::vector<DataCell> data;

    bool operator==(const NodeFace &) const = default;
};

enum class UserKind : std::uint8_t { GuestDevice, Drive, OpenDrive, Export, FuseExport, VhostExport, Backend, Job };

struct UserFace
{
    std::uint32_t id = 0; ///< unique among the users of a picture
    QString name;
    UserKind kind = UserKind::GuestDevice;
    bool running = false; ///< a paused guest requires nothing
    QString state;        ///< in words, "guest, running"
    QRectF rect;          ///< userSize()
    bool selected = false;
    bool highlighted = false;
    QString host; ///< the process that it belongs to; empty for the first

    bool operator==(const UserFace &) const = default;
};

/// From a parent (or user) to its child.
struct EdgeFace
{
    std::uint32_t id = 0; ///< unique among the edges of a picture
    QString role;
    std::vector<QPointF> points; ///< at least two, parent first
    bool curved = false;         ///< points are a start and then cubic Bezier triples
    bool frozen = false;         ///< may not be changed now
    bool dashed = false;         ///< about to vanish, or not there yet
    bool highlighted = false;

    bool operator==(const EdgeFace &) const = default;
};

/// Why a request was refused, or what broke, in words.
struct Explanation
{
    QString headline;
    QStringList lines;

    bool operator==(const Explanation &) const = default;
};

struct Picture
{
    QString title;
    QString subtitle;
    std::vector<EdgeFace> edges;
    std::vector<UserFace> users;
    std::vector<NodeFace> nodes;
    std::vector<Explanation> explanations; ///< below the graph, in this order
    bool legend = false;

    bool operator==(const Picture &) const = default;
};

} // namespace blockscope::views
