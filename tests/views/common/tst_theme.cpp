// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "views/common/theme.h"

#include <QPalette>
#include <QTest>

using namespace blockscope::views;

class TestTheme : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void canBeRead_data();
    void canBeRead();
    void actionsKeepTheirHue();
    void inkReadsOnEverything();
};

void TestTheme::canBeRead_data()
{
    QTest::addColumn<Theme>("theme");
    QTest::newRow("light") << theme(ThemeKind::Light);
    QTest::newRow("dark") << theme(ThemeKind::Dark);
    QTest::newRow("high contrast") << theme(ThemeKind::HighContrast);
    QTest::newRow("print") << theme(ThemeKind::Print);
    QTest::newRow("light palette") << themeFromPalette(QPalette(Qt::black, Qt::lightGray));
    QTest::newRow("dark palette") << themeFromPalette(QPalette(QColor(40, 44, 52)));
    QPalette faint;
    faint.setColor(QPalette::Base, QColor(250, 250, 250));
    faint.setColor(QPalette::Text, QColor(190, 190, 190));
    faint.setColor(QPalette::Highlight, QColor(240, 240, 200));
    QTest::newRow("palette that cannot be read") << themeFromPalette(faint);
}

void TestTheme::canBeRead()
{
    QFETCH(const Theme, theme);
    for (const Rgb background : {theme.canvas, theme.surface, theme.header}) {
        for (const Rgb text : {theme.text, theme.textMuted})
            QVERIFY(contrast(text, background) >= 4.5);
    }
    QVERIFY(contrast(theme.refused, theme.surface) >= 4.5);
    for (const Rgb line :
         {theme.outline, theme.outlineHeld, theme.edge, theme.accent, theme.haloLine, theme.progress, theme.granted})
        QVERIFY(contrast(line, theme.surface) >= 3.0);
    for (const Rgb line : theme.actionLine)
        QVERIFY(contrast(line, theme.surface) >= 3.0);
    for (const Rgb value : theme.value)
        QVERIFY(contrast(value, theme.surface) >= 3.0);
    QVERIFY(contrast(theme.zero, theme.surface) >= 1.3);
    QVERIFY(contrast(theme.track, theme.progress) >= 2.0);
}

void TestTheme::actionsKeepTheirHue()
{
    const Theme light = theme(ThemeKind::Light);
    for (const ThemeKind kind : {ThemeKind::Dark, ThemeKind::HighContrast, ThemeKind::Print})
        QCOMPARE(theme(kind).action, light.action);
    QCOMPARE(light.action[0], qRgb(0xD5, 0x5E, 0x00));
    QCOMPARE(light.action[4], qRgb(0x56, 0xB4, 0xE9));
}

void TestTheme::inkReadsOnEverything()
{
    for (int r = 0; r < 256; r += 15) {
        for (int g = 0; g < 256; g += 15) {
            for (int b = 0; b < 256; b += 15)
                QVERIFY(contrast(inkOn(qRgb(r, g, b)), qRgb(r, g, b)) >= 4.5);
        }
    }
}

QTEST_APPLESS_MAIN(TestTheme)
#include "tst_theme.moc"
