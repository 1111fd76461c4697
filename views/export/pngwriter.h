// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once
/// \file
/// Writes a PNG row by row, so that a picture may be larger than memory and larger than what QImage::save takes. Flat
/// drawings come out small and fast: most rows are the row above once more, and cost next to nothing.
///
/// Ownership: the device must outlive the writer. Thread: that of the device.

#include <QByteArray>
#include <QRgb>
#include <QSize>

#include <memory>
#include <span>
#include <vector>

class QIODevice;

namespace blockscope::views {

class PngWriter
{
public:
    /// \a pixelsPerUnit is told to readers as multiples of 96 dots an inch.
    PngWriter(QIODevice &device, QSize size, int pixelsPerUnit);
    ~PngWriter();
    PngWriter(const PngWriter &) = delete;
    PngWriter &operator=(const PngWriter &) = delete;

    /// The next row, from the top; as many pixels as the picture is wide, opaque.
    void writeRow(std::span<const QRgb> row);

    /// Ends the file after the last row. False if anything could not be written.
    [[nodiscard]] bool finish();

private:
    struct Deflater;

    void writeChunk(const char *type, const QByteArray &data);
    void compress(const QByteArray &row, bool isLast);

    QIODevice &m_device;
    std::unique_ptr<Deflater> m_deflater;
    std::vector<QRgb> m_above; ///< the row before
    QByteArray m_row;          ///< filter, then three bytes a pixel
    QByteArray m_repeat;       ///< says "the row above once more"
    bool m_isGood = true;
};

} // namespace blockscope::views
