// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "views/common/textmetrics.h"

#include "views/common/advancewidths.h"

#include <algorithm>

namespace blockscope::views {
namespace {

using namespace Qt::StringLiterals;

constexpr double kUnitsPerEm = 2048;

double scaleOf(TextSize size)
{
    return emSize(size) / kUnitsPerEm;
}

/// The code point at \a i, which moves on behind it. A lone surrogate stands for itself.
char32_t nextCodePoint(QStringView text, qsizetype &i)
{
    const QChar c = text[i++];
    if (c.isHighSurrogate() && i < text.size() && text[i].isLowSurrogate())
        return QChar::surrogateToUcs4(c, text[i++]);
    return c.unicode();
}

bool isControl(char32_t c)
{
    return c < 0x20 || (c >= 0x7F && c < 0xA0);
}

bool isTreacherous(char32_t c)
{
    return QChar::isSurrogate(c) || QChar::isNonCharacter(c) || c == 0x200B || c == 0x200E || c == 0x200F ||
           (c >= 0x2028 && c <= 0x202E) || (c >= 0x2060 && c <= 0x206F) || c == 0xFEFF ||
           (c >= 0xE0000 && c <= 0xE007F);
}

/// How many characters of \a text fit into \a units of the table.
qsizetype fitting(QStringView text, double units, bool bold)
{
    qsizetype end = 0;
    for (double used = 0; end < text.size();) {
        qsizetype next = end;
        used += advanceWidth(nextCodePoint(text, next), bold);
        if (used > units)
            break;
        end = next;
    }
    return end;
}

} // namespace

double emSize(TextSize size)
{
    constexpr double kSizes[] = {10, 13, 18};
    return kSizes[static_cast<std::size_t>(size)];
}

double baselineDrop(TextSize size)
{
    return emSize(size) * 0.365; // half the height of a capital
}

double lineHeight(TextSize size)
{
    return size == TextSize::Small ? 14 : size == TextSize::Body ? 18 : 24;
}

double textWidth(QStringView text, TextSize size, bool bold)
{
    int units = 0;
    for (qsizetype i = 0; i < text.size();)
        units += advanceWidth(nextCodePoint(text, i), bold);
    return units * scaleOf(size);
}

QString printable(const QString &text)
{
    const auto odd = [](QChar c) { return isControl(c.unicode()) || c.unicode() >= 0x200B; };
    if (std::none_of(text.cbegin(), text.cend(), odd))
        return text;
    QString result;
    result.reserve(text.size());
    for (qsizetype i = 0; i < text.size();) {
        const qsizetype begin = i;
        const char32_t c = nextCodePoint(text, i);
        if (isControl(c))
            result += u"\\x%1"_s.arg(static_cast<uint>(c), 2, 16, QChar(u'0'));
        else if (isTreacherous(c))
            result += QChar(QChar::ReplacementCharacter);
        else
            result += QStringView(text).mid(begin, i - begin);
    }
    return result;
}

QString elided(const QString &text, double width, TextSize size, bool bold)
{
    const QString shown = printable(text);
    const double units = width / scaleOf(size);
    if (fitting(shown, units, bold) == shown.size())
        return shown;
    constexpr char16_t kEllipsis = u'…';
    const double room = units - advanceWidth(kEllipsis, bold);
    if (room < 0)
        return {};
    return QStringView(shown).left(fitting(shown, room, bold)).trimmed().toString() + QChar(kEllipsis);
}

QStringList wrapped(const QString &text, double width, TextSize size, bool bold)
{
    const double units = width / scaleOf(size);
    QStringList lines;
    for (const QString &paragraph : text.split(u'\n')) {
        const QString shown = printable(paragraph);
        QStringView rest = QStringView(shown).trimmed();
        do {
            qsizetype end = fitting(rest, units, bold);
            if (end < rest.size()) {
                const qsizetype space = rest.left(end + 1).lastIndexOf(u' ');
                if (space > 0)
                    end = space;
                else if (end == 0)
                    nextCodePoint(rest, end); // wider than the line: it goes there all the same
            }
            lines += rest.left(end).trimmed().toString();
            rest = rest.mid(end).trimmed();
        } while (!rest.isEmpty());
    }
    return lines;
}

} // namespace blockscope::views
