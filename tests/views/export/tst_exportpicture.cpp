// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "tests/views/samplepicture.h"
#include "views/common/paintercanvas.h"
#include "views/common/svgcanvas.h"
#include "views/export/exportpicture.h"
#include "views/graph/drawsheet.h"

#include <QFile>
#include <QHashFunctions>
#include <QImage>
#include <QPainter>
#include <QRandomGenerator>
#include <QRegularExpression>
#include <QSvgRenderer>
#include <QTemporaryDir>
#include <QTest>
#include <QXmlStreamReader>

#include <cmath>
#include <ctime>

using namespace blockscope::views;
using namespace Qt::StringLiterals;

namespace {

QByteArray exported(const Picture &picture, const ExportOptions &options)
{
    const ExportedPicture result = exportPicture(picture, options);
    if (!result.error.isEmpty())
        qWarning("%s", qPrintable(result.error));
    return result.bytes;
}

struct SvgText
{
    QStringList shown;
    QStringList titles;
    QString error;
};

SvgText readSvg(const QByteArray &svg)
{
    SvgText result;
    QXmlStreamReader reader(svg);
    while (!reader.atEnd()) {
        if (reader.readNext() != QXmlStreamReader::StartElement)
            continue;
        if (reader.name() == u"text"_s)
            result.shown += reader.readElementText();
        else if (reader.name() == u"title"_s)
            result.titles += reader.readElementText();
    }
    if (reader.hasError())
        result.error = reader.errorString();
    return result;
}

/// The picture as the screen would paint it.
QImage paintedPage(const Picture &picture, const ExportOptions &options)
{
    const Sheet sheet = arrangeSheet(picture);
    QImage image((sheet.page.size() * options.scale).toSize(), QImage::Format_RGB32);
    image.fill(theme(options.theme).canvas);
    QPainter painter(&image);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.scale(options.scale, options.scale);
    painter.translate(-sheet.page.topLeft());
    const Fonts fonts;
    PainterCanvas canvas(painter, fonts);
    drawSheet(canvas, picture, sheet, theme(options.theme), sheet.page);
    return image;
}

/// Share of the pixels that differ clearly.
double difference(const QImage &one, const QImage &other)
{
    constexpr int kClearly = 96;
    int different = 0;
    for (int y = 0; y < one.height(); ++y) {
        for (int x = 0; x < one.width(); ++x)
            different += std::abs(qGray(one.pixel(x, y)) - qGray(other.pixel(x, y))) > kClearly ? 1 : 0;
    }
    return double(different) / (double(one.width()) * one.height());
}

} // namespace

class TestExportPicture : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void sameBytes_data();
    void sameBytes();
    void formatsDiffer();
    void pngIsTheScreen_data();
    void pngIsTheScreen();
    void svgLooksLikeThePng();
    void svgNamesEverything();
    void svgStaysWellFormed();
    void svgStaysInItsViewBox();
    void pdfIsWhole();
    void widerThanAPainterCanDraw();
    void tooLargeIsAnError();
    void adviceWhenAPngIsLarge_data();
    void adviceWhenAPngIsLarge();
    void optionsLeaveOut();
    void formatFollowsSuffix();
    void failedWriteLeavesTheOldFile();
    void writesTheBytes();
};

void TestExportPicture::sameBytes_data()
{
    QTest::addColumn<PictureFormat>("format");
    QTest::newRow("png") << PictureFormat::Png;
    QTest::newRow("svg") << PictureFormat::Svg;
    QTest::newRow("pdf") << PictureFormat::Pdf;
}

void TestExportPicture::sameBytes()
{
    QFETCH(const PictureFormat, format);
    ExportOptions options;
    options.format = format;
    const QByteArray first = exported(samples::chain(5), options);
    QVERIFY(!first.isEmpty());
    // Another place, another program start, a moment later.
    qputenv("TZ", "Asia/Kolkata");
    tzset();
    QHashSeed::resetRandomGlobalSeed();
    QTest::qWait(format == PictureFormat::Pdf ? 1100 : 0); // the date of a PDF counts seconds
    const QByteArray second = exported(samples::chain(5), options);
    qunsetenv("TZ");
    tzset();
    QVERIFY(first == second);
    QVERIFY(first != exported(samples::chain(4), options));
}

void TestExportPicture::formatsDiffer()
{
    ExportOptions options;
    QVERIFY(exported(samples::chain(2), options).startsWith("<?xml"));
    options.format = PictureFormat::Png;
    QVERIFY(exported(samples::chain(2), options).startsWith("\x89PNG"));
    options.format = PictureFormat::Pdf;
    QVERIFY(exported(samples::chain(2), options).startsWith("%PDF-1."));
}

void TestExportPicture::pngIsTheScreen_data()
{
    QTest::addColumn<Picture>("picture");
    QTest::addColumn<int>("scale");
    QTest::addColumn<ThemeKind>("kind");
    QTest::newRow("1x") << samples::chain(3) << 1 << ThemeKind::Light;
    QTest::newRow("2x dark") << samples::chain(3) << 2 << ThemeKind::Dark;
    QTest::newRow("3x print") << samples::chain(1) << 3 << ThemeKind::Print;
    QTest::newRow("4x high contrast") << samples::chain(1) << 4 << ThemeKind::HighContrast;
    QTest::newRow("several tiles across") << samples::chains(16, 16) << 1 << ThemeKind::Light;
}

void TestExportPicture::pngIsTheScreen()
{
    QFETCH(const Picture, picture);
    QFETCH(const int, scale);
    QFETCH(const ThemeKind, kind);
    const ExportOptions options{PictureFormat::Png, scale, kind, true, true, true};
    const QImage image = QImage::fromData(exported(picture, options)).convertToFormat(QImage::Format_RGB32);
    const QImage expected = paintedPage(picture, options);
    QCOMPARE(image.size(), (arrangeSheet(picture).page.size() * scale).toSize());
    QCOMPARE(image.size(), expected.size());
    // Tiles begin elsewhere, so what lies between two pixels may round another way; nothing may be missing.
    QVERIFY(difference(image, expected) < 1e-4);
    QCOMPARE(image.dotsPerMeterX(), 3780 * scale);
}

void TestExportPicture::svgLooksLikeThePng()
{
    const Picture picture = samples::chain(5);
    ExportOptions options;
    QSvgRenderer renderer(exported(picture, options));
    QVERIFY(renderer.isValid());
    options.format = PictureFormat::Png;
    const QImage png = QImage::fromData(exported(picture, options)).convertToFormat(QImage::Format_RGB32);
    QCOMPARE(renderer.defaultSize(), png.size());
    QImage svg(png.size(), QImage::Format_RGB32);
    QPainter painter(&svg);
    renderer.render(&painter);
    painter.end();
    QVERIFY2(difference(png, svg) < 0.01, qPrintable(QString::number(difference(png, svg))));
}

void TestExportPicture::svgNamesEverything()
{
    Picture picture;
    int row = 0;
    for (const QString &name : samples::hostileNames()) {
        NodeFace node = samples::node(name);
        node.id = static_cast<std::uint32_t>(row);
        node.rect.translate(0, 200 * row++);
        picture.nodes.push_back(node);
    }
    const SvgText svg = readSvg(exported(picture, {}));
    QVERIFY2(svg.error.isEmpty(), qPrintable(svg.error));
    for (const NodeFace &node : picture.nodes) {
        const QString name = printable(node.name);
        QVERIFY2(svg.titles.contains(name + u" (qcow2)"_s), qPrintable(name)); // in full
        const bool fits = textWidth(name, TextSize::Body, true) < 150;
        QVERIFY2(!fits || name.isEmpty() || svg.shown.contains(name), qPrintable(name));
    }
}

void TestExportPicture::svgStaysWellFormed()
{
    QRandomGenerator random(20151210);
    for (int round = 0; round < 300; ++round) {
        QString text;
        for (int i = random.bounded(40); i >= 0; --i)
            text += QChar(static_cast<char16_t>(random.bounded(4) == 0 ? random.bounded(128) : random.bounded(65536)));
        SvgCanvas canvas(QRectF(0, 0, 10, 10), 0xFFFFFFFF, text);
        canvas.beginGroup(u"g"_s, text);
        canvas.text({0, std::nan("")}, text, {});
        canvas.rect(QRectF(0, 0, HUGE_VAL, -1e300), {});
        canvas.endGroup();
        const SvgText svg = readSvg(canvas.finish());
        QVERIFY2(svg.error.isEmpty(), qPrintable(svg.error));
        QCOMPARE(svg.shown.size(), 1);
    }
}

void TestExportPicture::svgStaysInItsViewBox()
{
    const QString svg = QString::fromUtf8(exported(samples::chain(4), {}));
    const auto box = QRegularExpression(u"viewBox=\"(\\S+) (\\S+) (\\S+) (\\S+)\""_s).match(svg);
    QVERIFY(box.hasMatch());
    const QRectF page(box.captured(1).toDouble(), box.captured(2).toDouble(), box.captured(3).toDouble(),
                      box.captured(4).toDouble());
    int points = 0;
    static const QRegularExpression corner(u"\\b[c]?x=\"([^\"]+)\" [c]?y=\"([^\"]+)\"|[ML](-?[0-9.]+) (-?[0-9.]+)"_s);
    for (auto it = corner.globalMatch(svg); it.hasNext(); ++points) {
        const auto match = it.next();
        const int first = match.captured(1).isEmpty() ? 3 : 1;
        QVERIFY2(page.contains(match.captured(first).toDouble(), match.captured(first + 1).toDouble()),
                 qPrintable(match.captured()));
    }
    QVERIFY(points > 100);
}

void TestExportPicture::pdfIsWhole()
{
    const ExportOptions options{PictureFormat::Pdf, 1, ThemeKind::Print, true, true, true};
    const QByteArray pdf = exported(samples::chain(3), options);
    QVERIFY(!pdf.contains("CreationDate"));
    // Every entry of the table of offsets leads to its object.
    const qsizetype start = pdf.lastIndexOf("startxref\n") + 10;
    const qsizetype table = pdf.mid(start, pdf.indexOf('\n', start) - start).toLongLong();
    QCOMPARE(pdf.mid(table, 5), QByteArray("xref\n"));
    const QByteArrayList lines = pdf.mid(table).split('\n');
    const int count = lines.at(1).split(' ').at(1).toInt();
    QVERIFY(count > 5);
    for (int object = 1; object < count; ++object) {
        const qsizetype offset = lines.at(2 + object).left(10).toLongLong();
        QVERIFY(pdf.mid(offset).startsWith(QByteArray::number(object) + " 0 obj"));
    }
    const QSizeF page = arrangeSheet(samples::chain(3)).page.size() * 0.75;
    const QString box = QString::fromLatin1(pdf.mid(pdf.indexOf("/MediaBox"), 60));
    const auto match = QRegularExpression(u"\\[0 0 ([0-9.]+) ([0-9.]+)"_s).match(box);
    QCOMPARE(match.captured(1).toDouble(), page.width());
    QCOMPARE(match.captured(2).toDouble(), page.height());
}

void TestExportPicture::widerThanAPainterCanDraw()
{
    Picture picture;
    for (int i = 0; i < 2; ++i) {
        NodeFace node = samples::node(u"far apart"_s);
        node.id = static_cast<std::uint32_t>(i);
        node.rect.translate(i * 40'000, 0);
        picture.nodes.push_back(node);
    }
    const ExportOptions options{PictureFormat::Png, 1, ThemeKind::Light, true, false, true};
    const QImage image = QImage::fromData(exported(picture, options));
    QVERIFY(image.width() > 40'000);
    const QRect left(0, 0, 320, image.height());
    QVERIFY(image.copy(left) == image.copy(left.translated(40'000, 0)));
    QVERIFY(image.copy(left) != image.copy(left.translated(20'000, 0)));
}

void TestExportPicture::tooLargeIsAnError()
{
    Picture picture;
    picture.nodes = {samples::node(u"a"_s), samples::node(u"b"_s)};
    picture.nodes.back().rect.translate(40'000, 40'000);
    const ExportOptions options{PictureFormat::Png, 4, ThemeKind::Light, true, false, true};
    const ExportedPicture result = exportPicture(picture, options);
    QVERIFY(result.bytes.isEmpty());
    QVERIFY2(result.error.contains(u"Scale 1 would fit"_s), qPrintable(result.error));
    picture.nodes.back().rect.translate(400'000, 400'000);
    QVERIFY2(exportPicture(picture, options).error.contains(u"any scale"_s), "no scale fits");
    QVERIFY(exportPicture(picture, {}).error.isEmpty()); // SVG has no such limit
}

void TestExportPicture::adviceWhenAPngIsLarge_data()
{
    QTest::addColumn<QPoint>("apart"); // two nodes
    QTest::addColumn<int>("scale");
    QTest::addColumn<QString>("says"); // nothing: no advice

    QTest::newRow("small") << QPoint(500, 500) << 4 << QString();
    QTest::newRow("just not large") << QPoint(9'000, 9'000) << 1 << QString();
    QTest::newRow("many pixels") << QPoint(11'000, 11'000) << 1 << u"SVG or PDF"_s;
    QTest::newRow("many pixels by the scale") << QPoint(4'500, 4'500) << 4 << u"SVG or PDF"_s;
    QTest::newRow("wide") << QPoint(40'000, 0) << 1 << u"SVG or PDF"_s;
    QTest::newRow("tall") << QPoint(0, 40'000) << 1 << u"SVG or PDF"_s;
    QTest::newRow("too large to write") << QPoint(40'000, 40'000) << 4 << u"Scale 1 would fit"_s;
}

void TestExportPicture::adviceWhenAPngIsLarge()
{
    QFETCH(const QPoint, apart);
    QFETCH(const int, scale);
    QFETCH(const QString, says);
    Picture picture;
    picture.nodes = {samples::node(u"a"_s), samples::node(u"b"_s)};
    picture.nodes.back().rect.translate(apart);
    ExportOptions options{PictureFormat::Png, scale, ThemeKind::Light, true, false, true};
    const QString advice = largePngAdvice(picture, options);
    QCOMPARE(advice.isEmpty(), says.isEmpty());
    QVERIFY2(advice.contains(says), qPrintable(advice));
    QCOMPARE(advice.count(u". "_s), says.startsWith(u"Scale"_s) ? 1 : 0); // one sentence
    for (const PictureFormat format : {PictureFormat::Svg, PictureFormat::Pdf}) {
        options.format = format;
        QCOMPARE(largePngAdvice(picture, options), QString());
    }
}

void TestExportPicture::optionsLeaveOut()
{
    const Picture picture = samples::chain(2);
    const ExportOptions all;
    QVERIFY(exported(picture, all).contains(picture.title.toUtf8()));
    QVERIFY(exported(picture, all).contains("was refused"));
    QVERIFY(exported(picture, all).contains(">graph reconfiguration</text>"));
    const QByteArray bare = exported(picture, {PictureFormat::Svg, 1, ThemeKind::Light, false, false, false});
    QVERIFY(!bare.contains(picture.title.toUtf8()));
    QVERIFY(!bare.contains("was refused"));
    QVERIFY(!bare.contains(">graph reconfiguration</text>"));
    QVERIFY(bare.contains(">node1</text>"));
}

void TestExportPicture::formatFollowsSuffix()
{
    QCOMPARE(pictureFormat(u"/a/b.PNG"_s), PictureFormat::Png);
    QCOMPARE(pictureFormat(u"b.c.svg"_s), PictureFormat::Svg);
    QCOMPARE(pictureFormat(u"x.pdf"_s), PictureFormat::Pdf);
    QVERIFY(!pictureFormat(u"x.dot"_s));
    QVERIFY(!pictureFormat(u"png"_s));
}

void TestExportPicture::failedWriteLeavesTheOldFile()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(u"old.png"_s);
    QFile old(path);
    QVERIFY(old.open(QIODevice::WriteOnly));
    old.write("precious");
    old.close();
    Picture picture;
    picture.nodes = {samples::node(u"a"_s), samples::node(u"b"_s)};
    picture.nodes.back().rect.translate(400'000, 400'000);
    QVERIFY(!writeExport(path, picture, {PictureFormat::Png, 1, ThemeKind::Light, true, true, true}).isEmpty());
    QVERIFY(old.open(QIODevice::ReadOnly));
    QCOMPARE(old.readAll(), QByteArray("precious"));
    const QString nowhere = folder.filePath(u"no/such/folder/x.svg"_s);
    QVERIFY(writeExport(nowhere, samples::chain(1), {}).startsWith(u"It cannot be written"_s));
}

void TestExportPicture::writesTheBytes()
{
    QTemporaryDir folder;
    for (const PictureFormat format : {PictureFormat::Png, PictureFormat::Svg, PictureFormat::Pdf}) {
        ExportOptions options;
        options.format = format;
        QFile file(folder.filePath(u"picture"_s));
        QCOMPARE(writeExport(file.fileName(), samples::chain(2), options), QString());
        QVERIFY(file.open(QIODevice::ReadOnly));
        QVERIFY(file.readAll() == exported(samples::chain(2), options));
    }
}

QTEST_MAIN(TestExportPicture)
#include "tst_exportpicture.moc"
