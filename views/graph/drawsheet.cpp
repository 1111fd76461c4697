// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "views/graph/drawsheet.h"

#include "views/graph/drawlegend.h"
#include "views/graph/drawpicture.h"

#include <algorithm>
#include <cmath>

namespace blockscope::views {
namespace {

using namespace Qt::StringLiterals;

constexpr double kGrid = 8;
constexpr double kMargin = 32;       ///< around boxes and text
constexpr double kGap = 24;          ///< between the parts
constexpr double kHanging = 18;      ///< indent of the second and later lines of a reason
constexpr double kTitleRoom = 640;   ///< a longer title makes more lines, not a wider page
constexpr double kReadingRoom = 480; ///< the least width for sentences
constexpr double kSpine = 4;
constexpr double kSpineGap = 12;
constexpr double kPaddingY = 8;

QRectF graphBounds(const Picture &picture)
{
    QRectF bounds;
    for (const EdgeFace &edge : picture.edges)
        bounds |= edgeBounds(edge);
    for (const UserFace &user : picture.users)
        bounds |= userBounds(user);
    for (const NodeFace &node : picture.nodes)
        bounds |= nodeBounds(node);
    return bounds;
}

/// The paragraphs of a block, wrapped: the first in one look, the others in another.
struct Block
{
    struct Line
    {
        QString text;
        double indent = 0;
    };

    QStringList head;
    std::vector<Line> body;
    TextSize headSize = TextSize::Body;

    [[nodiscard]] bool isEmpty() const { return head.isEmpty() && body.empty(); }
    [[nodiscard]] QSizeF size() const
    {
        double width = 0;
        for (const QString &line : head)
            width = std::max(width, textWidth(line, headSize, true));
        for (const Line &line : body)
            width = std::max(width, line.indent + textWidth(line.text, TextSize::Body));
        return {width, static_cast<double>(head.size()) * lineHeight(headSize) +
                           static_cast<double>(body.size()) * lineHeight(TextSize::Body)};
    }
    /// Adds \a paragraph, its second and later lines indented by \a hanging.
    void add(const QString &paragraph, double width, double hanging)
    {
        const QStringList lines = wrapped(paragraph, width - hanging, TextSize::Body);
        for (qsizetype i = 0; i < lines.size(); ++i)
            body.push_back({lines[i], i == 0 ? 0 : hanging});
    }
};

Block titleBlock(const Picture &picture, double width)
{
    Block block;
    block.headSize = TextSize::Title;
    if (!picture.title.isEmpty())
        block.head = wrapped(picture.title, width, TextSize::Title, true);
    if (!picture.subtitle.isEmpty())
        block.add(picture.subtitle, width, 0);
    return block;
}

Block explanationBlock(const Explanation &explanation, double width)
{
    Block block;
    block.head = wrapped(explanation.headline, width, TextSize::Body, true);
    for (const QString &line : explanation.lines)
        block.add(line, width, kHanging);
    return block;
}

double explanationRoom(double width)
{
    return width - kSpine - kSpineGap;
}

void drawBlock(Canvas &canvas, QPointF corner, const Block &block, Rgb headInk, Rgb bodyInk)
{
    double y = corner.y();
    const auto draw = [&](const QString &line, double indent, const TextLook &look) {
        if (!line.isEmpty())
            canvas.text({corner.x() + indent, y + lineHeight(look.size) / 2 + baselineDrop(look.size)}, line, look);
        y += lineHeight(look.size);
    };
    for (const QString &line : block.head)
        draw(line, 0, {headInk, block.headSize, true, Anchor::Start});
    for (const Block::Line &line : block.body)
        draw(line.text, line.indent, {bodyInk, TextSize::Body, false, Anchor::Start});
}

void drawExplanation(Canvas &canvas, const QRectF &rect, const Explanation &explanation, const Theme &theme)
{
    canvas.rect(QRectF(rect.topLeft(), QSizeF(kSpine, rect.height())), {theme.refused, {}});
    drawBlock(canvas, rect.topLeft() + QPointF(kSpine + kSpineGap, kPaddingY),
              explanationBlock(explanation, explanationRoom(rect.width())), theme.refused, theme.text);
}

/// What a reader hears, or sees when the pointer rests on it: everything that the box had no room for.
QString wholeText(const NodeFace &node)
{
    QStringList parts{node.driver.isEmpty() ? node.name : node.name + u" ("_s + node.driver + u')'};
    for (const QString &part : {node.detail, node.reason, node.finding}) {
        if (!part.isEmpty())
            parts += part;
    }
    parts += node.tags;
    if (!node.host.isEmpty())
        parts += node.host;
    for (const JobMark &job : node.jobs)
        parts += QStringList{job.id, job.type, job.role, job.status}.join(u' ');
    for (QString &part : parts)
        part = printable(part);
    return parts.join(u'\n');
}

QString groupId(char16_t kind, std::uint32_t id)
{
    return QChar(kind) + QString::number(id);
}

void drawGraph(Canvas &canvas, const Picture &picture, const Theme &theme, const QRectF &exposed)
{
    for (const bool highlighted : {false, true}) { // what a reason names is drawn above the rest
        for (const EdgeFace &edge : picture.edges) {
            if (edge.highlighted == highlighted && edgeBounds(edge).intersects(exposed))
                drawEdge(canvas, edge, theme);
        }
    }
    for (const UserFace &user : picture.users) {
        if (!userBounds(user).intersects(exposed))
            continue;
        canvas.beginGroup(groupId(u'u', user.id), printable(user.name) + u'\n' + printable(user.state));
        drawUser(canvas, user, theme);
        canvas.endGroup();
    }
    for (const NodeFace &node : picture.nodes) {
        if (!nodeBounds(node).intersects(exposed))
            continue;
        canvas.beginGroup(groupId(u'n', node.id), wholeText(node));
        drawNode(canvas, node, theme);
        canvas.endGroup();
    }
}

QRectF onGrid(const QRectF &rect)
{
    const auto down = [](double value) { return std::floor(value / kGrid) * kGrid; };
    const auto up = [](double value) { return std::ceil(value / kGrid) * kGrid; };
    return {QPointF(down(rect.left()), down(rect.top())), QPointF(up(rect.right()), up(rect.bottom()))};
}

bool isLegendBelow(const QRectF &graph)
{
    return graph.width() > graph.height();
}

} // namespace

Sheet arrangeSheet(const Picture &picture)
{
    Sheet sheet;
    sheet.graph = graphBounds(picture);
    // All parts begin where the boxes begin, not where their badges could reach.
    const QRectF boxes =
        sheet.graph.isEmpty() ? QRectF() : sheet.graph.adjusted(kBoxMargin, kBoxMargin, -kBoxMargin, -kBoxMargin);
    const bool isBelow = isLegendBelow(sheet.graph);
    const QSizeF legend = picture.legend ? legendSize(picture, isBelow) : QSizeF(0, 0);
    double width = boxes.width();
    if (!legend.isEmpty())
        width = isBelow ? std::max(width, legend.width()) : width + 2 * kGap + legend.width();
    if (!picture.explanations.empty())
        width = std::max(width, kReadingRoom);

    double bottom = sheet.graph.bottom();
    if (!legend.isEmpty() && !isBelow) {
        sheet.legend = {QPointF(boxes.right() + 2 * kGap, boxes.top()), legend};
        bottom = std::max(bottom, sheet.legend.bottom());
    }
    for (const Explanation &explanation : picture.explanations) {
        const double height = explanationBlock(explanation, explanationRoom(width)).size().height() + 2 * kPaddingY;
        sheet.explanations.emplace_back(boxes.left(), bottom + kGap, width, height);
        bottom = sheet.explanations.back().bottom();
    }
    if (!legend.isEmpty() && isBelow)
        sheet.legend = {QPointF(boxes.left(), bottom + kGap), legend};
    if (const Block block = titleBlock(picture, std::max(width, kTitleRoom)); !block.isEmpty())
        sheet.title = {QPointF(boxes.left(), boxes.top() - kGap - kBoxMargin - block.size().height()), block.size()};
    QRectF all = boxes | sheet.title | sheet.legend;
    for (const QRectF &explanation : sheet.explanations)
        all |= explanation;
    sheet.page = onGrid(all.adjusted(-kMargin, -kMargin, kMargin, kMargin) | sheet.graph);
    return sheet;
}

void drawSheet(Canvas &canvas, const Picture &picture, const Sheet &sheet, const Theme &theme, const QRectF &exposed)
{
    if (sheet.title.intersects(exposed))
        drawBlock(canvas, sheet.title.topLeft(), titleBlock(picture, sheet.title.width() + 0.01), theme.text,
                  theme.textMuted);
    drawGraph(canvas, picture, theme, exposed);
    for (std::size_t i = 0; i < sheet.explanations.size(); ++i) {
        if (sheet.explanations[i].intersects(exposed))
            drawExplanation(canvas, sheet.explanations[i], picture.explanations[i], theme);
    }
    if (sheet.legend.intersects(exposed))
        drawLegend(canvas, sheet.legend.topLeft(), picture, isLegendBelow(sheet.graph), theme);
}

} // namespace blockscope::views
