// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "views/export/pdfdate.h"

namespace blockscope::views {
namespace {

constexpr qsizetype kOffsetDigits = 10;
constexpr qsizetype kEntrySize = 20; // "0000000762 00000 n \n"

/// Puts the offsets of the table at \a table right after \a gap bytes were taken out at \a at.
void moveOffsets(QByteArray &pdf, qsizetype table, qsizetype at, qsizetype gap)
{
    qsizetype entry = pdf.indexOf('\n', pdf.indexOf('\n', table) + 1) + 1; // behind "xref" and the count
    for (; entry > 0 && entry + kEntrySize <= pdf.size(); entry += kEntrySize) {
        bool isNumber = false;
        const qlonglong offset = pdf.mid(entry, kOffsetDigits).toLongLong(&isNumber);
        if (!isNumber)
            return; // the trailer
        if (offset > at)
            pdf.replace(entry, kOffsetDigits, QByteArray::number(offset - gap).rightJustified(kOffsetDigits, '0'));
    }
}

} // namespace

QByteArray withoutDate(const QByteArray &pdf)
{
    const QByteArray key("\n/CreationDate (");
    const qsizetype at = pdf.indexOf(key);
    const qsizetype end = at < 0 ? -1 : pdf.indexOf(')', at);
    const QByteArray startKey("\nstartxref\n");
    const qsizetype start = pdf.lastIndexOf(startKey);
    if (end < 0 || start < end)
        return pdf;
    const qsizetype gap = end + 1 - at;
    const qsizetype numberAt = start + startKey.size();
    const qsizetype numberEnd = pdf.indexOf('\n', numberAt);
    const qlonglong table = pdf.mid(numberAt, numberEnd - numberAt).toLongLong();
    if (table <= end || pdf.mid(table, 5) != "xref\n")
        return pdf;
    QByteArray result = pdf;
    result.replace(numberAt, numberEnd - numberAt, QByteArray::number(table - gap));
    result.remove(at, gap);
    moveOffsets(result, table - gap, at, gap);
    return result;
}

} // namespace blockscope::views
