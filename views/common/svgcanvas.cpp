// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "views/common/svgcanvas.h"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace blockscope::views {
namespace {

constexpr std::size_t kFirstBlock = 64 * 1024;

void appendUtf8(std::string &out, char32_t c)
{
    const auto tail = [c](int shift) { return static_cast<char>(0x80 | ((c >> shift) & 0x3F)); };
    if (c < 0x80) {
        out += static_cast<char>(c);
    } else if (c < 0x800) {
        out += static_cast<char>(0xC0 | (c >> 6));
        out += tail(0);
    } else if (c < 0x10000) {
        out += static_cast<char>(0xE0 | (c >> 12));
        out += {tail(6), tail(0)};
    } else {
        out += static_cast<char>(0xF0 | (c >> 18));
        out += {tail(12), tail(6), tail(0)};
    }
}

/// What XML 1.0 has no way to write becomes the replacement character.
char32_t writable(char32_t c)
{
    const bool isBad = (c < 0x20 && c != '\t' && c != '\n') || QChar::isSurrogate(c) || c == 0xFFFE || c == 0xFFFF;
    return isBad ? char32_t(QChar::ReplacementCharacter) : c;
}

bool keepsSpaces(const QString &text)
{
    using namespace Qt::StringLiterals;
    return text.startsWith(u' ') || text.endsWith(u' ') || text.contains(u"  "_s);
}

} // namespace

SvgCanvas::SvgCanvas(const QRectF &page, Rgb background, const QString &title)
{
    m_out.reserve(kFirstBlock);
    m_out += "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\" version=\"1.1\"";
    attribute("width", page.width());
    attribute("height", page.height());
    m_out += " viewBox=\"";
    point(page.topLeft());
    m_out += ' ';
    number(page.width());
    m_out += ' ';
    number(page.height());
    m_out += "\" font-family=\"DejaVu Sans, sans-serif\" style=\"font-variant-numeric:tabular-nums\">\n";
    titleElement(title);
    rect(page, {background, {}});
}

void SvgCanvas::rect(const QRectF &rect, const Look &shape, double radius)
{
    m_out += "<rect";
    attribute("x", rect.x());
    attribute("y", rect.y());
    attribute("width", rect.width());
    attribute("height", rect.height());
    if (radius > 0)
        attribute("rx", radius);
    look(shape);
    m_out += "/>\n";
}

void SvgCanvas::rects(std::span<const QRectF> rects, Rgb fill)
{
    if (rects.empty())
        return;
    m_out += "<path d=\"";
    for (const QRectF &rect : rects) {
        m_out += 'M';
        point(rect.topLeft());
        m_out += 'h';
        number(rect.width());
        m_out += 'v';
        number(rect.height());
        m_out += 'h';
        number(-rect.width());
        m_out += 'z';
    }
    m_out += '"';
    color("fill", fill);
    m_out += "/>\n";
}

void SvgCanvas::circle(QPointF center, double radius, const Look &shape)
{
    m_out += "<circle";
    attribute("cx", center.x());
    attribute("cy", center.y());
    attribute("r", radius);
    look(shape);
    m_out += "/>\n";
}

void SvgCanvas::lines(std::span<const QLineF> lines, const Pen &pen)
{
    if (lines.empty())
        return;
    m_out += "<path d=\"";
    for (const QLineF &line : lines) {
        m_out += 'M';
        point(line.p1());
        m_out += 'L';
        point(line.p2());
    }
    m_out += '"';
    stroke(pen);
    m_out += "/>\n";
}

void SvgCanvas::path(const QPainterPath &path, const Look &shape)
{
    m_out += "<path d=\"";
    bool isOpen = false;
    for (int i = 0; i < path.elementCount(); ++i) {
        const QPainterPath::Element element = path.elementAt(i);
        if (element.isMoveTo())
            m_out += 'M';
        else if (element.isLineTo())
            m_out += 'L';
        else
            m_out += element.isCurveTo() ? 'C' : ' ';
        point(element);
        isOpen = true;
    }
    if (isOpen && qAlpha(shape.fill) != 0)
        m_out += 'z';
    m_out += '"';
    look(shape);
    m_out += "/>\n";
}

void SvgCanvas::text(QPointF baseline, const QString &text, const TextLook &shape)
{
    m_out += "<text";
    attribute("x", baseline.x());
    attribute("y", baseline.y());
    attribute("font-size", emSize(shape.size));
    if (shape.bold)
        m_out += " font-weight=\"bold\"";
    if (shape.anchor != Anchor::Start)
        m_out += shape.anchor == Anchor::Middle ? " text-anchor=\"middle\"" : " text-anchor=\"end\"";
    color("fill", shape.color);
    if (keepsSpaces(text))
        m_out += " xml:space=\"preserve\"";
    m_out += '>';
    escaped(text);
    m_out += "</text>\n";
}

void SvgCanvas::beginGroup(const QString &id, const QString &title)
{
    m_out += "<g id=\"";
    escaped(id);
    m_out += "\">\n";
    titleElement(title);
}

void SvgCanvas::endGroup()
{
    m_out += "</g>\n";
}

QByteArray SvgCanvas::finish()
{
    m_out += "</svg>\n";
    const QByteArray bytes(m_out.data(), static_cast<qsizetype>(m_out.size()));
    m_out.clear();
    return bytes;
}

void SvgCanvas::number(double value)
{
    constexpr double kFarthest = 1e12; // no picture is that large; a broken number must not break the file
    long long hundredths = std::isfinite(value) ? std::llround(std::clamp(value, -kFarthest, kFarthest) * 100) : 0;
    if (hundredths < 0) {
        m_out += '-';
        hundredths = -hundredths;
    }
    char digits[32];
    char *end = std::to_chars(digits, digits + sizeof digits, hundredths / 100).ptr;
    const int rest = static_cast<int>(hundredths % 100);
    if (rest != 0) {
        *end++ = '.';
        *end++ = static_cast<char>('0' + rest / 10);
        if (rest % 10 != 0)
            *end++ = static_cast<char>('0' + rest % 10);
    }
    m_out.append(digits, end);
}

void SvgCanvas::point(QPointF point)
{
    number(point.x());
    m_out += ' ';
    number(point.y());
}

void SvgCanvas::attribute(std::string_view name, double value)
{
    m_out += ' ';
    m_out += name;
    m_out += "=\"";
    number(value);
    m_out += '"';
}

void SvgCanvas::color(std::string_view name, Rgb color)
{
    constexpr char kHex[] = "0123456789abcdef";
    m_out += ' ';
    m_out += name;
    m_out += "=\"#";
    for (int shift = 20; shift >= 0; shift -= 4)
        m_out += kHex[(color >> shift) & 0xF];
    m_out += '"';
    if (qAlpha(color) < 255) {
        m_out += ' ';
        m_out += name;
        m_out += "-opacity=\"";
        number(qAlpha(color) / 255.0);
        m_out += '"';
    }
}

void SvgCanvas::stroke(const Pen &pen)
{
    color("stroke", pen.color);
    if (pen.width != 1)
        attribute("stroke-width", pen.width);
    if (pen.dash == Dash::Solid)
        return;
    // QPen counts its dashes in pen widths: the same pattern here.
    m_out += " stroke-dasharray=\"";
    number(pen.width * (pen.dash == Dash::Dashed ? 4 : 1));
    m_out += ' ';
    number(pen.width * 2);
    m_out += '"';
}

void SvgCanvas::look(const Look &shape)
{
    if (qAlpha(shape.fill) != 0)
        color("fill", shape.fill);
    else
        m_out += " fill=\"none\"";
    if (shape.pen.isVisible())
        stroke(shape.pen);
}

void SvgCanvas::titleElement(const QString &title)
{
    if (title.isEmpty())
        return;
    m_out += "<title>";
    escaped(title);
    m_out += "</title>\n";
}

void SvgCanvas::escaped(QStringView text)
{
    for (qsizetype i = 0; i < text.size(); ++i) {
        char32_t c = text[i].unicode();
        if (text[i].isHighSurrogate() && i + 1 < text.size() && text[i + 1].isLowSurrogate())
            c = QChar::surrogateToUcs4(text[i], text[i + 1]);
        if (c == '<')
            m_out += "&lt;";
        else if (c == '>')
            m_out += "&gt;";
        else if (c == '&')
            m_out += "&amp;";
        else if (c == '"')
            m_out += "&quot;";
        else
            appendUtf8(m_out, writable(c));
        if (c > 0xFFFF)
            ++i;
    }
}

} // namespace blockscope::views
