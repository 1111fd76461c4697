// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "tests/views/samplepicture.h"
#include "views/common/paintercanvas.h"
#include "views/common/svgcanvas.h"
#include "views/graph/drawcells.h"
#include "views/graph/drawpicture.h"
#include "views/graph/drawsheet.h"

#include <QImage>
#include <QPainter>
#include <QRegularExpression>
#include <QTest>

using namespace blockscope::views;
using namespace Qt::StringLiterals;

namespace {

/// Notes where text goes, and draws nothing.
class TextRecorder : public Canvas
{
public:
    void rect(const QRectF &, const Look &, double) override {}
    void rects(std::span<const QRectF>, Rgb) override {}
    void circle(QPointF, double, const Look &) override {}
    void lines(std::span<const QLineF>, const Pen &) override {}
    void path(const QPainterPath &, const Look &) override {}
    void text(QPointF baseline, const QString &text, const TextLook &look) override
    {
        const double width = textWidth(text, look.size, look.bold);
        const double lead = look.anchor == Anchor::Start ? 0 : look.anchor == Anchor::Middle ? width / 2 : width;
        boxes.emplace_back(baseline.x() - lead, baseline.y() - 0.8 * emSize(look.size), width, emSize(look.size));
        texts += text;
    }

    std::vector<QRectF> boxes;
    QStringList texts;
};

const QColor kPaper(1, 2, 3);

constexpr std::array kUserKinds{UserKind::GuestDevice, UserKind::Drive,       UserKind::OpenDrive, UserKind::Export,
                                UserKind::FuseExport,  UserKind::VhostExport, UserKind::Backend,   UserKind::Job};

/// What \a draw draws in \a rect, with \a margin around it.
template <typename Draw>
QImage painted(const QRectF &rect, double margin, Draw draw)
{
    const QRectF page = rect.adjusted(-margin, -margin, margin, margin);
    QImage image(page.size().toSize(), QImage::Format_RGB32);
    image.fill(kPaper);
    QPainter painter(&image);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.translate(-page.topLeft());
    const Fonts fonts;
    PainterCanvas canvas(painter, fonts);
    draw(canvas);
    return image;
}

/// Something was painted in the outermost \a margin pixels.
bool hasPaintIn(QImage image, int margin)
{
    QPainter painter(&image);
    painter.fillRect(image.rect().adjusted(margin, margin, -margin, -margin), kPaper);
    painter.end();
    QImage empty(image.size(), image.format());
    empty.fill(kPaper);
    return image != empty;
}

EdgeFace edge(std::vector<QPointF> points, bool curved = false)
{
    return {1, u"backing"_s, std::move(points), curved};
}

} // namespace

class TestDrawPicture : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void statesLookDifferent_data();
    void statesLookDifferent();
    void nodeStaysInItsBounds_data();
    void nodeStaysInItsBounds();
    void userStaysInItsBounds();
    void usersLookDifferent();
    void tagsAreLegible();
    void edgeStaysInItsBounds_data();
    void edgeStaysInItsBounds();
    void roleStandsWhereTheLinkIsAlone_data();
    void roleStandsWhereTheLinkIsAlone();
    void textStaysInItsBox_data();
    void textStaysInItsBox();
    void cellsCanBeRead_data();
    void cellsCanBeRead();
    void boundsDoNotDependOnState();
    void sheetHoldsEverything_data();
    void sheetHoldsEverything();
    void detailFollowsZoom();
    void manyClustersFit();
};

void TestDrawPicture::statesLookDifferent_data()
{
    QTest::addColumn<ThemeKind>("kind");
    QTest::addColumn<bool>("grey");
    QTest::newRow("light") << ThemeKind::Light << false;
    QTest::newRow("dark") << ThemeKind::Dark << false;
    QTest::newRow("high contrast") << ThemeKind::HighContrast << false;
    QTest::newRow("a grey print") << ThemeKind::Print << true;
}

void TestDrawPicture::statesLookDifferent()
{
    QFETCH(const ThemeKind, kind);
    QFETCH(const bool, grey);
    std::vector<std::pair<const char *, QImage>> seen;
    for (const auto &[state, node] : samples::states()) {
        QImage image =
            painted(nodeBounds(node), 0, [&node = node, kind](Canvas &canvas) { drawNode(canvas, node, theme(kind)); });
        if (grey)
            image = image.convertToFormat(QImage::Format_Grayscale8);
        for (const auto &[other, otherImage] : seen)
            QVERIFY2(image != otherImage, qPrintable(QLatin1String(state) + u" looks like "_s + QLatin1String(other)));
        seen.emplace_back(state, image);
    }
}

void TestDrawPicture::nodeStaysInItsBounds_data()
{
    QTest::addColumn<NodeFace>("node");
    for (const auto &[state, node] : samples::states()) {
        QTest::newRow(state) << node;
        NodeFace leaf = node;
        leaf.protocol = true;
        leaf.rect.setSize(protocolSize());
        QTest::addRow("leaf, %s", state) << leaf;
    }
}

void TestDrawPicture::nodeStaysInItsBounds()
{
    QFETCH(NodeFace, node);
    node.name = QString(100, u'W');
    node.driver = QString(100, u'W');
    for (const Detail detail : {Detail::Far, Detail::Medium, Detail::Full}) {
        const QImage image = painted(nodeBounds(node), 20, [&](Canvas &canvas) {
            drawNode(canvas, node, theme(ThemeKind::HighContrast), detail);
        });
        QVERIFY(!hasPaintIn(image, 20));
    }
}

void TestDrawPicture::userStaysInItsBounds()
{
    for (const UserKind kind : kUserKinds) {
        const UserFace user{
            1,    QString(100, u'W'), kind, true, QString(100, u'W'), QRectF(QPointF(0, 0), userSize()), true,
            true, QString(100, u'W')};
        for (const Detail detail : {Detail::Far, Detail::Medium, Detail::Full}) {
            const QImage image = painted(userBounds(user), 20, [&](Canvas &canvas) {
                drawUser(canvas, user, theme(ThemeKind::HighContrast), detail);
            });
            QVERIFY(!hasPaintIn(image, 20));
        }
    }
}

void TestDrawPicture::usersLookDifferent()
{
    std::vector<QImage> seen;
    for (const bool isElsewhere : {false, true}) {
        for (const UserKind kind : kUserKinds) {
            UserFace user;
            user.name = u"vda"_s;
            user.kind = kind;
            user.running = true;
            user.rect = QRectF(QPointF(0, 0), userSize());
            user.host = isElsewhere ? u"destination"_s : QString();
            const QImage image = painted(userBounds(user), 0, [&](Canvas &canvas) {
                                     drawUser(canvas, user, theme(ThemeKind::Print));
                                 }).convertToFormat(QImage::Format_Grayscale8);
            QVERIFY(std::find(seen.begin(), seen.end(), image) == seen.end());
            seen.push_back(image);
        }
    }
}

void TestDrawPicture::edgeStaysInItsBounds_data()
{
    QTest::addColumn<EdgeFace>("edge");
    QTest::newRow("down") << edge({{0, 0}, {0, 56}});
    QTest::newRow("sideways") << edge({{0, 0}, {64, 0}});
    QTest::newRow("backwards") << edge({{64, 0}, {0, 0}});
    QTest::newRow("bent") << edge({{0, 0}, {0, 40}, {90, 40}, {90, 80}});
    QTest::newRow("curved") << edge({{0, 0}, {0, 60}, {200, 0}, {200, 60}}, true);
    QTest::newRow("two curves") << edge({{0, 0}, {0, 60}, {90, 0}, {90, 60}, {90, 90}, {10, 90}, {0, 200}}, true);
    QTest::newRow("no length") << edge({{5, 5}, {5, 5}});
    QTest::newRow("one point") << edge({{5, 5}});
    QTest::newRow("none") << edge({});
    QTest::newRow("a curve that is too short") << edge({{0, 0}, {20, 20}}, true);
}

void TestDrawPicture::edgeStaysInItsBounds()
{
    QFETCH(EdgeFace, edge);
    for (const bool marked : {false, true}) {
        edge.highlighted = edge.frozen = edge.dashed = marked;
        for (const Detail detail : {Detail::Far, Detail::Medium, Detail::Full}) {
            const QImage image = painted(edgeBounds(edge).toAlignedRect(), 30, [&](Canvas &canvas) {
                drawEdge(canvas, edge, theme(ThemeKind::Light), detail);
            });
            QVERIFY(!hasPaintIn(image, 30));
        }
    }
}

void TestDrawPicture::roleStandsWhereTheLinkIsAlone_data()
{
    QTest::addColumn<EdgeFace>("edge");
    QTest::addColumn<QRectF>("place"); // of the text's beginning

    // A stub, the bus, the trunk: each a straight piece, with a corner between.
    const std::vector<QPointF> up{{0, 0},    {0, 20},   {0, 40},   {0, 56},   {0, 60},   {4, 64},
                                  {8, 64},   {300, 64}, {600, 64}, {792, 64}, {796, 64}, {800, 68},
                                  {800, 72}, {800, 90}, {800, 99}, {800, 400}};
    std::vector<QPointF> down;
    for (const QPointF point : up)
        down.insert(down.begin(), QPointF(point.x(), 400 - point.y()));
    QTest::newRow("over the hub") << edge(up, true) << QRectF(0, 0, 30, 56);
    QTest::newRow("under the hub") << edge(down, true) << QRectF(0, 344, 30, 56);
    QTest::newRow("no bus") << edge({{0, 0}, {0, 40}, {0, 80}, {0, 120}}, true) << QRectF(0, 40, 30, 40);
}

void TestDrawPicture::roleStandsWhereTheLinkIsAlone()
{
    QFETCH(const EdgeFace, edge);
    QFETCH(const QRectF, place);
    SvgCanvas canvas(edgeBounds(edge), 0xFFFFFFFF, {});
    drawEdge(canvas, edge, theme(ThemeKind::Light), Detail::Full);
    const QString svg = QString::fromUtf8(canvas.finish());
    const auto text = QRegularExpression(u"<text x=\"(\\S+)\" y=\"(\\S+)\""_s).match(svg);
    QVERIFY2(text.hasMatch(), qPrintable(svg));
    const QPointF found(text.captured(1).toDouble(), text.captured(2).toDouble());
    QVERIFY2(place.contains(found), qPrintable(text.captured()));
}

void TestDrawPicture::textStaysInItsBox_data()
{
    QTest::addColumn<QString>("text");
    for (int i = 0; i < samples::hostileNames().size(); ++i)
        QTest::addRow("hostile name %d", i) << samples::hostileNames().at(i);
}

void TestDrawPicture::textStaysInItsBox()
{
    QFETCH(const QString, text);
    for (auto &[state, node] : samples::states()) {
        node.name = node.driver = node.detail = text;
        node.readOnly = node.filter = true;
        if (node.verdict != DragVerdict::None)
            node.reason = text;
        node.host = text;
        for (QString &tag : node.tags)
            tag = text;
        for (JobMark &job : node.jobs)
            job.id = job.role = job.type = text;
        for (const bool protocol : {false, true}) {
            node.protocol = protocol;
            node.rect.setSize(protocol ? protocolSize() : nodeSize());
            TextRecorder recorder;
            drawNode(recorder, node, theme(ThemeKind::Light));
            for (const QRectF &box : recorder.boxes) {
                QVERIFY2(box.left() >= node.rect.left() && box.right() <= node.rect.right() + 0.01, state);
                QVERIFY2(nodeBounds(node).contains(box), state);
            }
        }
    }
}

// Words, not only marks: what one cannot guess is written.
void TestDrawPicture::tagsAreLegible()
{
    NodeFace node = samples::node(u"disk"_s);
    node.host = u"destination"_s;
    node.tags = {u"2 bitmaps"_s, u"inactive"_s};
    for (const bool protocol : {false, true}) {
        node.protocol = protocol;
        node.rect.setSize(protocol ? protocolSize() : nodeSize());
        TextRecorder recorder;
        drawNode(recorder, node, theme(ThemeKind::Light));
        for (const QString &word : {u"destination"_s, u"2 bitmaps"_s, u"inactive"_s})
            QVERIFY2(recorder.texts.contains(word), qPrintable(recorder.texts.join(u' ')));
    }
    // With a plate beside them the most important one stays.
    node.protocol = false;
    node.rect.setSize(nodeSize());
    node.finding = QString(100, u'W');
    node.tags += u"same image as a node with a very long name"_s;
    TextRecorder recorder;
    drawNode(recorder, node, theme(ThemeKind::Light));
    QVERIFY(std::any_of(recorder.texts.begin(), recorder.texts.end(),
                        [](const QString &text) { return text.startsWith(u"same"_s); }));
    for (std::size_t i = 0; i < recorder.boxes.size(); ++i) {
        for (std::size_t j = i + 1; j < recorder.boxes.size(); ++j)
            QVERIFY2(!recorder.boxes[i].intersects(recorder.boxes[j]),
                     qPrintable(recorder.texts.at(static_cast<qsizetype>(i)) + u" / "_s +
                                recorder.texts.at(static_cast<qsizetype>(j))));
    }
}

void TestDrawPicture::cellsCanBeRead_data()
{
    QTest::addColumn<ThemeKind>("kind");
    QTest::newRow("light") << ThemeKind::Light;
    QTest::newRow("dark") << ThemeKind::Dark;
    QTest::newRow("high contrast") << ThemeKind::HighContrast;
    QTest::newRow("print") << ThemeKind::Print;
}

void TestDrawPicture::cellsCanBeRead()
{
    QFETCH(const ThemeKind, kind);
    const Theme look = theme(kind);
    for (std::size_t action = 0; action < kActionCount; ++action) {
        for (const CellLook cell : {CellLook::Empty, CellLook::Filled, CellLook::Denied})
            QVERIFY(contrast(cellInk(cell, action, look), cellBackground(cell, action, look)) >= 4.5);
    }
}

void TestDrawPicture::boundsDoNotDependOnState()
{
    const std::vector<samples::NamedNode> states = samples::states();
    for (const auto &[state, node] : states)
        QCOMPARE(nodeBounds(node), nodeBounds(states.front().node));
}

void TestDrawPicture::sheetHoldsEverything_data()
{
    QTest::addColumn<Picture>("picture");
    QTest::newRow("chain") << samples::chain(5);
    QTest::newRow("wide") << samples::chains(6, 6);
    QTest::newRow("nothing but a title") << Picture{u"Empty"_s, {}, {}, {}, {}, {}, true};
    QTest::newRow("nothing") << Picture{};
    Picture title = samples::chain(1);
    title.title = QString(60, u'W') + u' ' + QString(300, u'W');
    title.explanations.front().lines += title.title;
    QTest::newRow("long title") << title;
    Picture away = samples::chain(2);
    for (NodeFace &node : away.nodes)
        node.rect.translate(-5000.5, 7000.25);
    QTest::newRow("far from the origin") << away;
    Picture hostile = samples::chain(2);
    for (const QString &name : samples::hostileNames()) {
        hostile.nodes.front().name = hostile.users.front().name = hostile.edges.front().role = name;
        hostile.title = hostile.subtitle = name;
        hostile.explanations.front().lines += name;
    }
    QTest::newRow("hostile names") << hostile;
}

void TestDrawPicture::sheetHoldsEverything()
{
    QFETCH(const Picture, picture);
    const Sheet sheet = arrangeSheet(picture);
    QVERIFY(sheet.page.width() > 0 && sheet.page.height() > 0);
    const QImage image = painted(sheet.page, 24, [&](Canvas &canvas) {
        drawSheet(canvas, picture, sheet, theme(ThemeKind::Light), sheet.page);
    });
    QVERIFY(!hasPaintIn(image, 24));
    TextRecorder recorder;
    drawSheet(recorder, picture, sheet, theme(ThemeKind::Light), sheet.page);
    for (const QRectF &box : recorder.boxes)
        QVERIFY(sheet.page.contains(box));
}

void TestDrawPicture::detailFollowsZoom()
{
    QCOMPARE(detailAt(0.05), Detail::Far);
    QCOMPARE(detailAt(0.4), Detail::Medium);
    QCOMPARE(detailAt(1), Detail::Full);
    TextRecorder far;
    drawNode(far, samples::node(u"disk"_s), theme(ThemeKind::Light), Detail::Far);
    QVERIFY(far.texts.isEmpty());
    TextRecorder medium;
    drawNode(medium, samples::node(u"disk"_s), theme(ThemeKind::Light), Detail::Medium);
    QCOMPARE(medium.texts, QStringList{u"disk"_s});
}

void TestDrawPicture::manyClustersFit()
{
    // One damaged cluster in a hundred thousand must not be lost among those that share its column.
    NodeFace node = samples::node(u"disk"_s);
    node.data = std::vector<DataCell>(100'000, DataCell{DataCell::Kind::Value, 0, false});
    const auto draw = [&node] {
        return painted(nodeBounds(node), 0,
                       [&node](Canvas &canvas) { drawNode(canvas, node, theme(ThemeKind::Light)); });
    };
    const QImage whole = draw();
    node.data[77'777].damaged = true;
    QVERIFY(draw() != whole);
}

QTEST_MAIN(TestDrawPicture)
#include "tst_drawpicture.moc"
