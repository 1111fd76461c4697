// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT

#include "tests/layering/sources.h"

#include <QRegularExpression>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace blockscope::layering;

/// What every file of ours holds, and what none may hold.
class TestSourceText : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyFileNamesItsLicence();
    void viewsTakeColoursFromTheTheme();
    void aColourIsSeen_data();
    void aColourIsSeen();
};

namespace {

// A colour written down: by name, as text, or by its parts. A QColor made of the theme's values is none, nor are
// QColor() and Qt::transparent.
bool hasColour(QString line)
{
    static const QRegularExpression comment(u"(^|\\s)///?.*$"_s);
    static const QRegularExpression colour(
        u"\"#[0-9a-fA-F]{3,8}\"|:\\s*#[0-9a-fA-F]{3,8}\\b"
        "|Qt::(dark|light)?(black|white|gray|red|green|blue|cyan|magenta|yellow|"
        "Gray|Red|Green|Blue|Cyan|Magenta|Yellow)\\b"
        "|\\bQColorConstants::|\\b(QColor(::\\w+)?(\\s+\\w+)?|qRgba?)\\s*[({]\\s*(u?\"|\\d)"
        "|\\b0x[fF]{2}[0-9a-fA-F]{6}\\b"_s);
    return line.remove(comment).contains(colour);
}

} // namespace

void TestSourceText::everyFileNamesItsLicence()
{
    const QStringList files = filesBelow(u"."_s, {u"*.h"_s, u"*.cpp"_s, u"CMakeLists.txt"_s, u"run"_s, u"packages"_s});
    QVERIFY(files.contains(u"CMakeLists.txt"_s) && files.contains(u"app/run"_s));
    QStringList without;
    for (const QString &file : files) {
        const QString head = linesOf(file).first(qMin<qsizetype>(linesOf(file).size(), 4)).join(u'\n');
        if (!head.contains("SPDX-FileCopyrightText: 2026 The Blockscope authors"_L1) ||
            !head.contains("SPDX-License-Identifier: MIT"_L1))
            without += file;
    }
    QVERIFY2(without.isEmpty(), qPrintable(u"no SPDX lines at the head of "_s + without.join(u", "_s)));
}

void TestSourceText::viewsTakeColoursFromTheTheme()
{
    QStringList found;
    const QStringList files = filesBelow(u"views"_s, {u"*.h"_s, u"*.cpp"_s});
    QVERIFY(!files.isEmpty());
    for (const QString &file : files) {
        if (file.startsWith("views/common/"_L1))
            continue;
        const QStringList lines = linesOf(file);
        for (qsizetype i = 0; i < lines.size(); ++i) {
            if (hasColour(lines.at(i)))
                found += u"%1:%2:%3"_s.arg(file).arg(i + 1).arg(lines.at(i));
        }
    }
    QVERIFY2(found.isEmpty(), qPrintable(u"colours outside views/common:\n"_s + found.join(u'\n')));
}

void TestSourceText::aColourIsSeen_data()
{
    QTest::addColumn<QString>("line");
    QTest::addColumn<bool>("seen");
    const auto row = [](const char *line, bool seen) { QTest::newRow(line) << QString::fromLatin1(line) << seen; };
    row("pen.setColor(Qt::red);", true);
    row("pen.setColor(Qt::darkGreen);", true);
    row("return QColor(1, 2, 3);", true);
    row("return QColor{u\"red\"_s};", true);
    row("const QColor edge(u\"#123\"_s);", true);
    row("const QColor edge{10, 20, 30};", true);
    row("return QColor::fromRgb(1, 2, 3);", true);
    row("setStyleSheet(u\"color: #ff0000\"_s);", true);
    row("image.fill(qRgb(0, 0, 0));", true);
    row("const Color edge = 0xff102030;", true);
    row("image.fill(Qt::transparent);", false);
    row("const QColor edge = QColor::fromRgb(theme.edge);", false);
    row("return QColor();", false);
    row("const QColor edge = theme.edge;", false);
    row("void setColour(const QColor &colour);", false);
    row("painter.drawLine(a, b); // not Qt::red", false);
    row("#include <QColor>", false);
}

void TestSourceText::aColourIsSeen()
{
    QFETCH(const QString, line);
    QFETCH(const bool, seen);
    QCOMPARE(hasColour(line), seen);
}

QTEST_GUILESS_MAIN(TestSourceText)
#include "tst_sourcetext.moc"
