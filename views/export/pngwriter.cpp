// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "views/export/pngwriter.h"

#include <QIODevice>
#include <QtEndian>

#include <algorithm>

#define ZLIB_CONST // zlib only reads what it compresses
#include <zlib.h>

namespace blockscope::views {
namespace {

constexpr int kLevel = 3; // beyond it zlib searches twice as long for files of flat drawings a tenth smaller
constexpr qsizetype kBlock = 64 * 1024;

QByteArray bigEndian(quint32 value)
{
    QByteArray bytes(4, Qt::Uninitialized);
    qToBigEndian(value, bytes.data());
    return bytes;
}

} // namespace

struct PngWriter::Deflater
{
    z_stream stream{};
    QByteArray block{kBlock, Qt::Uninitialized};

    Deflater()
    {
        deflateInit2(&stream, kLevel, Z_DEFLATED, 15, 9, Z_DEFAULT_STRATEGY);
        deflateTune(&stream, 32, 16, 258, 32); // take long repetitions whole: flat drawings have many
        reset();
    }
    ~Deflater() { deflateEnd(&stream); }
    Deflater(const Deflater &) = delete;
    Deflater &operator=(const Deflater &) = delete;

    void reset()
    {
        stream.next_out = reinterpret_cast<Bytef *>(block.data());
        stream.avail_out = kBlock;
    }
    [[nodiscard]] qsizetype filled() const { return kBlock - static_cast<qsizetype>(stream.avail_out); }
};

PngWriter::PngWriter(QIODevice &device, QSize size, int pixelsPerUnit)
    : m_device(device), m_deflater(std::make_unique<Deflater>()), m_row(1 + 3 * qsizetype(size.width()), '\0'),
      m_repeat(m_row)
{
    constexpr char kUp = 2; // the filter that stores the difference to the row above: nothing
    m_repeat[0] = kUp;
    constexpr quint32 kDotsPerMetre = 3780; // 96 an inch
    const quint32 density = kDotsPerMetre * static_cast<quint32>(pixelsPerUnit);
    m_isGood = m_device.write("\x89PNG\r\n\x1a\n", 8) == 8;
    writeChunk("IHDR", bigEndian(static_cast<quint32>(size.width())) + bigEndian(static_cast<quint32>(size.height())) +
                           QByteArray("\x08\x02\x00\x00\x00", 5)); // 8 bits of R, G and B
    writeChunk("pHYs", bigEndian(density) + bigEndian(density) + '\x01');
}

PngWriter::~PngWriter() = default;

void PngWriter::writeRow(std::span<const QRgb> row)
{
    if (std::equal(row.begin(), row.end(), m_above.begin(), m_above.end()))
        return compress(m_repeat, false);
    m_above.assign(row.begin(), row.end());
    char *out = m_row.data() + 1; // behind the filter, which is "none"
    for (const QRgb pixel : row) {
        *out++ = static_cast<char>(qRed(pixel));
        *out++ = static_cast<char>(qGreen(pixel));
        *out++ = static_cast<char>(qBlue(pixel));
    }
    compress(m_row, false);
}

bool PngWriter::finish()
{
    compress({}, true);
    writeChunk("IEND", {});
    return m_isGood;
}

void PngWriter::writeChunk(const char *type, const QByteArray &data)
{
    const QByteArray body = QByteArray(type, 4) + data;
    const auto sum = crc32(0, reinterpret_cast<const Bytef *>(body.constData()), static_cast<uInt>(body.size()));
    const QByteArray chunk = bigEndian(static_cast<quint32>(data.size())) + body + bigEndian(static_cast<quint32>(sum));
    m_isGood = m_isGood && m_device.write(chunk) == chunk.size();
}

void PngWriter::compress(const QByteArray &row, bool isLast)
{
    z_stream &stream = m_deflater->stream;
    stream.next_in = reinterpret_cast<const Bytef *>(row.constData());
    stream.avail_in = static_cast<uInt>(row.size());
    for (;;) {
        const int result = deflate(&stream, isLast ? Z_FINISH : Z_NO_FLUSH);
        const bool isFull = stream.avail_out == 0;
        if (isFull || (isLast && result == Z_STREAM_END)) {
            writeChunk("IDAT", m_deflater->block.left(m_deflater->filled()));
            m_deflater->reset();
        }
        if (!isFull)
            return;
    }
}

} // namespace blockscope::views
