// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "views/common/paintercanvas.h"
#include "views/common/textmetrics.h"

#include <QFontInfo>
#include <QFontMetricsF>
#include <QTest>

using namespace blockscope::views;
using namespace Qt::StringLiterals;

class TestTextMetrics : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void agreesWithTheFont_data();
    void agreesWithTheFont();
    void elidedFits_data();
    void elidedFits();
    void wrappedKeepsEveryWord_data();
    void wrappedKeepsEveryWord();
    void printable_data();
    void printable();
};

void TestTextMetrics::agreesWithTheFont_data()
{
    QTest::addColumn<QString>("text");
    QTest::newRow("letters") << u"MV MM GR RV RM"_s;
    QTest::newRow("digits") << u"0123456789"_s;
    QTest::newRow("accents") << u"áčďéěíňóřšťúůýž ÄÖÜß"_s;
    QTest::newRow("greek") << u"αβγδε"_s;
    QTest::newRow("cyrillic") << u"диск"_s;
}

void TestTextMetrics::agreesWithTheFont()
{
    QFETCH(const QString, text);
    const Fonts fonts;
    for (const bool bold : {false, true}) {
        const QFont &font = fonts.font(TextSize::Body, bold);
        if (QFontInfo(font).family() != u"DejaVu Sans"_s)
            QSKIP("The widths were measured from DejaVu Sans, which is not installed.");
        const double measured = QFontMetricsF(font).horizontalAdvance(text);
        QVERIFY2(qAbs(textWidth(text, TextSize::Body, bold) - measured) < 0.02 * measured,
                 qPrintable(u"%1 and %2"_s.arg(textWidth(text, TextSize::Body, bold)).arg(measured)));
    }
}

void TestTextMetrics::elidedFits_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<double>("width");
    QTest::addColumn<QString>("expected");
    QTest::newRow("fits") << u"base"_s << 100.0 << u"base"_s;
    QTest::newRow("empty") << QString() << 100.0 << QString();
    QTest::newRow("no room at all") << u"base"_s << 3.0 << QString();
    QTest::newRow("negative room") << u"base"_s << -3.0 << QString();
    QTest::newRow("cut") << u"a-long-node-name"_s << 40.0 << u"a-lon…"_s;
    QTest::newRow("no space before the ellipsis") << u"abc defghijkl"_s << 32.0 << u"abc…"_s;
    QTest::newRow("whole code points") << u"\U0001F4BE\U0001F4BE\U0001F4BE"_s << 25.0 << u"\U0001F4BE…"_s;
}

void TestTextMetrics::elidedFits()
{
    QFETCH(const QString, text);
    QFETCH(const double, width);
    QFETCH(const QString, expected);
    const QString shown = elided(text, width, TextSize::Small);
    QCOMPARE(shown, expected);
    QVERIFY(shown.isEmpty() || textWidth(shown, TextSize::Small) <= width);
}

void TestTextMetrics::wrappedKeepsEveryWord_data()
{
    QTest::addColumn<QString>("text");
    QTest::newRow("one line") << u"one two"_s;
    QTest::newRow("sentences")
        << u"c0 does not allow graph reconfiguration on mid2, since step 12; it requires the same action itself."_s;
    QTest::newRow("a word wider than the line") << u"a "_s + QString(200, u'w') + u" b"_s;
    QTest::newRow("spaces only") << u"    "_s;
    QTest::newRow("no narrow place for it") << QString(50, QChar(0x78C1));
}

void TestTextMetrics::wrappedKeepsEveryWord()
{
    QFETCH(const QString, text);
    constexpr double kWidth = 120;
    const QStringList lines = wrapped(text, kWidth, TextSize::Body);
    for (const QString &line : lines)
        QVERIFY2(textWidth(line, TextSize::Body) <= kWidth, qPrintable(line));
    QString before = text;
    QString after = lines.join(QString());
    QCOMPARE(after.remove(u' '), before.remove(u' '));
}

void TestTextMetrics::printable_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("expected");
    QTest::newRow("harmless") << u"#block123 – ok"_s << u"#block123 – ok"_s;
    QTest::newRow("escape") << u"a\x1b[0m"_s << u"a\\x1b[0m"_s;
    QTest::newRow("line break") << u"a\nb"_s << u"a\\x0ab"_s;
    QTest::newRow("turns the text around") << u"a\u202Eb"_s << u"a\uFFFDb"_s;
    QTest::newRow("lone surrogate") << QString(QChar(0xDC00)) << u"\uFFFD"_s;
    QTest::newRow("emoji") << u"\U0001F4BE"_s << u"\U0001F4BE"_s;
}

void TestTextMetrics::printable()
{
    QFETCH(const QString, text);
    QFETCH(const QString, expected);
    QCOMPARE(blockscope::views::printable(text), expected);
}

QTEST_MAIN(TestTextMetrics)
#include "tst_textmetrics.moc"
