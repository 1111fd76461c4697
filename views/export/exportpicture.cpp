// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "views/export/exportpicture.h"

#include "views/common/paintercanvas.h"
#include "views/common/svgcanvas.h"
#include "views/export/pdfdate.h"
#include "views/export/pngwriter.h"
#include "views/graph/drawsheet.h"

#include <QBuffer>
#include <QCoreApplication>
#include <QFileInfo>
#include <QHashFunctions>
#include <QImage>
#include <QPainter>
#include <QPdfWriter>
#include <QSaveFile>

#include <algorithm>
#include <mutex>
#include <vector>

namespace blockscope::views {
namespace {

using namespace Qt::StringLiterals;

struct ExportText
{
    Q_DECLARE_TR_FUNCTIONS(Export)
};

constexpr int kMaxScale = 4;
constexpr int kTileWidth = 8192; // a QPainter cannot draw beyond 32767 pixels
constexpr int kTileHeight = 256;
constexpr double kMaxPixels = 4e9;  // more than any viewer opens; some minutes of work
constexpr double kManyPixels = 1e8; // 400 MB in the memory of a viewer
constexpr double kLongSide = 32767; // pixels; many programs stop there
constexpr double kPointsPerUnit = 0.75;
constexpr double kMaxPdfPoints = 14400; // the largest page a PDF may have
constexpr int kPdfResolution = 1200;

/// What the drawing needs, made once.
struct Job
{
    Picture picture;
    Sheet sheet;
    Theme theme;
    ExportOptions options;
};

Job prepared(const Picture &picture, const ExportOptions &options)
{
    Job job{picture, {}, theme(options.theme), options};
    job.picture.legend = options.legend;
    if (!options.title)
        job.picture.title = job.picture.subtitle = QString();
    if (!options.explanations)
        job.picture.explanations.clear();
    job.sheet = arrangeSheet(job.picture);
    return job;
}

QString writeError(const QIODevice &device)
{
    return ExportText::tr("It cannot be written: %1").arg(device.errorString());
}

QString writeSvg(QIODevice &device, const Job &job)
{
    SvgCanvas canvas(job.sheet.page, job.theme.canvas, printable(job.picture.title));
    drawSheet(canvas, job.picture, job.sheet, job.theme, job.sheet.page);
    const QByteArray bytes = canvas.finish();
    return device.write(bytes) == bytes.size() ? QString() : writeError(device);
}

int pngScale(const ExportOptions &options)
{
    return std::clamp(options.scale, 1, kMaxScale);
}

double pixelsOf(const QSizeF &page, int scale)
{
    return page.width() * page.height() * scale * scale;
}

QString sizeText(const QSizeF &page, int scale)
{
    return ExportText::tr("%1 × %2 pixels").arg(page.width() * scale, 0, 'f', 0).arg(page.height() * scale, 0, 'f', 0);
}

QString tooLarge(const QSizeF &page, int scale)
{
    const QString size = sizeText(page, scale);
    for (int smaller = scale - 1; smaller >= 1; --smaller) {
        if (pixelsOf(page, smaller) <= kMaxPixels)
            return ExportText::tr("A PNG of %1 is too large. Scale %2 would fit, and so would SVG or PDF.")
                .arg(size)
                .arg(smaller);
    }
    return ExportText::tr("A PNG of %1 is too large at any scale. SVG or PDF would fit.").arg(size);
}

/// Paints one tile whose top left pixel is \a corner.
void paintTile(QImage &tile, QPoint corner, const Job &job, const Fonts &fonts)
{
    tile.fill(job.theme.canvas);
    QPainter painter(&tile);
    painter.setRenderHints(QPainter::Antialiasing | QPainter::TextAntialiasing);
    painter.translate(-corner);
    painter.scale(job.options.scale, job.options.scale);
    painter.translate(-job.sheet.page.topLeft());
    const double scale = job.options.scale;
    const QRectF exposed(job.sheet.page.topLeft() + QPointF(corner) / scale, QSizeF(tile.size()) / scale);
    PainterCanvas canvas(painter, fonts);
    drawSheet(canvas, job.picture, job.sheet, job.theme, exposed);
}

QString writePng(QIODevice &device, const Job &job)
{
    const QSizeF page = job.sheet.page.size();
    const int scale = pngScale(job.options);
    if (pixelsOf(page, scale) > kMaxPixels)
        return tooLarge(page, scale);
    const QSize size = (page * scale).toSize();
    const Fonts fonts;
    PngWriter writer(device, size, scale);
    std::vector<QRgb> row(static_cast<std::size_t>(size.width()));
    for (int top = 0; top < size.height(); top += kTileHeight) {
        const int height = std::min(kTileHeight, size.height() - top);
        std::vector<QImage> tiles;
        for (int left = 0; left < size.width(); left += kTileWidth) {
            tiles.emplace_back(std::min(kTileWidth, size.width() - left), height, QImage::Format_RGB32);
            paintTile(tiles.back(), {left, top}, job, fonts);
        }
        for (int y = 0; y < height; ++y) {
            auto out = row.begin();
            for (const QImage &tile : tiles) {
                const auto *pixels = reinterpret_cast<const QRgb *>(tile.constScanLine(y));
                out = std::copy(pixels, pixels + tile.width(), out);
            }
            writer.writeRow(row);
        }
    }
    return writer.finish() ? QString() : writeError(device);
}

/// QPdfWriter embeds its fonts in the order of a QHash. While this lives, new hashes have the same order on every run;
/// one at a time, as the seed belongs to the whole program.
class FixedHashOrder
{
public:
    FixedHashOrder() : m_lock(mutex()) { QHashSeed::setDeterministicGlobalSeed(); }
    ~FixedHashOrder() { QHashSeed::resetRandomGlobalSeed(); }
    FixedHashOrder(const FixedHashOrder &) = delete;
    FixedHashOrder &operator=(const FixedHashOrder &) = delete;

private:
    static std::mutex &mutex()
    {
        static std::mutex mutex;
        return mutex;
    }

    std::scoped_lock<std::mutex> m_lock;
};

QByteArray pdfBytes(const Job &job)
{
    const FixedHashOrder order;
    const QSizeF page = job.sheet.page.size();
    const double points = std::min({kPointsPerUnit, kMaxPdfPoints / page.width(), kMaxPdfPoints / page.height()});
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    QPdfWriter writer(&buffer);
    writer.setTitle(printable(job.picture.title));
    writer.setCreator(u"Blockscope"_s);
    writer.setResolution(kPdfResolution);
    writer.setPageSize(QPageSize(page * points, QPageSize::Point, QString(), QPageSize::ExactMatch));
    writer.setPageMargins({0, 0, 0, 0});
    QPainter painter(&writer);
    painter.scale(points * kPdfResolution / 72, points * kPdfResolution / 72);
    painter.translate(-job.sheet.page.topLeft());
    painter.fillRect(job.sheet.page, QColor::fromRgb(job.theme.canvas));
    const Fonts fonts;
    PainterCanvas canvas(painter, fonts);
    drawSheet(canvas, job.picture, job.sheet, job.theme, job.sheet.page);
    painter.end();
    return bytes;
}

QString writePdf(QIODevice &device, const Job &job)
{
    const QByteArray bytes = withoutDate(pdfBytes(job));
    return device.write(bytes) == bytes.size() ? QString() : writeError(device);
}

QString writePicture(QIODevice &device, const Picture &picture, const ExportOptions &options)
{
    const Job job = prepared(picture, options);
    switch (options.format) {
    case PictureFormat::Png:
        return writePng(device, job);
    case PictureFormat::Pdf:
        return writePdf(device, job);
    case PictureFormat::Svg:
        break;
    }
    return writeSvg(device, job);
}

} // namespace

std::optional<PictureFormat> pictureFormat(const QString &path)
{
    const QString suffix = QFileInfo(path).suffix().toLower();
    if (suffix == u"png"_s)
        return PictureFormat::Png;
    if (suffix == u"svg"_s)
        return PictureFormat::Svg;
    if (suffix == u"pdf"_s)
        return PictureFormat::Pdf;
    return std::nullopt;
}

QString largePngAdvice(const Picture &picture, const ExportOptions &options)
{
    if (options.format != PictureFormat::Png)
        return {};
    const QSizeF page = prepared(picture, options).sheet.page.size();
    const int scale = pngScale(options);
    if (pixelsOf(page, scale) > kMaxPixels)
        return tooLarge(page, scale);
    if (pixelsOf(page, scale) <= kManyPixels && std::max(page.width(), page.height()) * scale <= kLongSide)
        return {};
    return ExportText::tr(
               "A PNG of %1 is more than many programs can show; SVG or PDF is small, and sharp at any size.")
        .arg(sizeText(page, scale));
}

ExportedPicture exportPicture(const Picture &picture, const ExportOptions &options)
{
    ExportedPicture result;
    QBuffer buffer(&result.bytes);
    buffer.open(QIODevice::WriteOnly);
    result.error = writePicture(buffer, picture, options);
    if (!result.error.isEmpty())
        result.bytes.clear();
    return result;
}

QString writeExport(const QString &path, const Picture &picture, const ExportOptions &options)
{
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly))
        return ExportText::tr("It cannot be written: %1").arg(file.errorString());
    const QString error = writePicture(file, picture, options);
    if (!error.isEmpty()) {
        file.cancelWriting();
        return error;
    }
    if (!file.commit())
        return ExportText::tr("It cannot be written: %1").arg(file.errorString());
    return {};
}

} // namespace blockscope::views
