// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
// Goals 6 and 7 of the budgets: our SVG writer against QSvgGenerator and our PNG writer against QImage::save, the same
// drawing and the same pixels. Ratios within one run, CPU time of this process.
#include "tests/bench/measure.h"
#include "tests/views/samplepicture.h"
#include "views/common/paintercanvas.h"
#include "views/export/exportpicture.h"
#include "views/export/pngwriter.h"
#include "views/graph/drawsheet.h"

#include <QBuffer>
#include <QGuiApplication>
#include <QImage>
#include <QPainter>
#include <QSvgGenerator>

#include <cstdio>
#include <vector>

using namespace blockscope::views;
using blockscope::bench::medianOf;

namespace {

constexpr std::size_t kRounds = 5;

void report(const char *what, std::size_t nodes, double ratio, double goal)
{
    char line[128];
    std::snprintf(line, sizeof line, "%s, %zu nodes", what, nodes);
    std::printf("%-58s %6.3f (goal <= %.3f) %s\n", line, ratio, goal, ratio <= goal ? "PASS" : "MISS");
}

void paint(QPainter &painter, const Picture &picture, const Sheet &sheet)
{
    static const Fonts fonts;
    PainterCanvas canvas(painter, fonts);
    drawSheet(canvas, picture, sheet, theme(ThemeKind::Light), sheet.page);
}

QByteArray generatedSvg(const Picture &picture, const Sheet &sheet)
{
    QBuffer buffer;
    QSvgGenerator generator;
    generator.setOutputDevice(&buffer);
    generator.setViewBox(sheet.page);
    QPainter painter(&generator);
    paint(painter, picture, sheet);
    painter.end();
    return buffer.data();
}

QImage paintedImage(const Picture &picture, const Sheet &sheet)
{
    QImage image(sheet.page.size().toSize(), QImage::Format_RGB32);
    image.fill(theme(ThemeKind::Light).canvas);
    QPainter painter(&image);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.translate(-sheet.page.topLeft());
    paint(painter, picture, sheet);
    return image;
}

QByteArray savedPng(const QImage &image)
{
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    image.save(&buffer, "PNG");
    return buffer.data();
}

QByteArray writtenPng(const QImage &image)
{
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    PngWriter writer(buffer, image.size(), 1);
    for (int y = 0; y < image.height(); ++y) {
        const auto *pixels = reinterpret_cast<const QRgb *>(image.constScanLine(y));
        writer.writeRow({pixels, static_cast<std::size_t>(image.width())});
    }
    return writer.finish() ? buffer.data() : QByteArray();
}

double sizeRatio(const QByteArray &one, const QByteArray &other)
{
    return static_cast<double>(one.size()) / static_cast<double>(other.size());
}

} // namespace

int main(int argc, char **argv)
{
    const QGuiApplication app(argc, argv);
    for (const int chains : {10, 100}) {
        const Picture picture = samples::chains(chains, 10);
        const Sheet sheet = arrangeSheet(picture);
        QByteArray ours;
        QByteArray theirs;
        double ourTime = medianOf(kRounds, [&] { ours = exportPicture(picture, {}).bytes; });
        double theirTime = medianOf(kRounds, [&] { theirs = generatedSvg(picture, sheet); });
        report("SVG, time against QSvgGenerator", picture.nodes.size(), ourTime / theirTime, 1.0 / 8);
        report("SVG, size against QSvgGenerator", picture.nodes.size(), sizeRatio(ours, theirs), 1.0 / 2);
        const QImage image = paintedImage(picture, sheet);
        ourTime = medianOf(kRounds, [&] { ours = writtenPng(image); });
        theirTime = medianOf(kRounds, [&] { theirs = savedPng(image); });
        report("PNG, time against QImage::save", picture.nodes.size(), ourTime / theirTime, 1.0 / 3);
        report("PNG, size against QImage::save", picture.nodes.size(), sizeRatio(ours, theirs), 1.3);
    }
    return 0;
}
