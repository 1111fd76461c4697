// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "engine/files/file.h"
#include "engine/files/scenario.h"
#include "engine/run/apply.h"

#include <QDir>
#include <QTest>

using namespace blockscope;
using namespace Qt::StringLiterals;

/// Files that once made something crash, hang or lie: each is refused with a place and a cause, or its events leave a
/// whole World behind, one by one.
class TestHostile : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isPlayedOrRefused_data();
    void isPlayedOrRefused();
};

void TestHostile::isPlayedOrRefused_data()
{
    QTest::addColumn<QString>("path");
    const QDir folder(QStringLiteral(BLOCKSCOPE_TEST_DATA "/hostile"));
    for (const QString &name : folder.entryList({u"*.blockscope"_s}))
        QTest::newRow(qPrintable(name)) << folder.filePath(name);
}

void TestHostile::isPlayedOrRefused()
{
    QFETCH(QString, path);
    const auto text = readFile(path);
    QVERIFY(text);
    auto scenario = readScenario(*text);
    if (!scenario) {
        QVERIFY(!scenario.error().where.empty() && !scenario.error().what.empty());
        return;
    }
    World &world = scenario->world;
    for (const ScenarioEvent &event : scenario->events) {
        const World before = world;
        const Outcome outcome = apply(world, event.event);
        QVERIFY(verify(world));
        QVERIFY(outcome.kind == Outcome::Kind::Allowed || world == before || !before.is(Switch::AcquireFirst));
        if (event.expected && event.expected->verdict)
            QCOMPARE(QLatin1StringView(toString(outcome.kind)), QLatin1StringView(toString(*event.expected->verdict)));
    }
    const auto again = readScenario(writeScenario(*scenario));
    QVERIFY(again && *again == *scenario);
}

QTEST_GUILESS_MAIN(TestHostile)
#include "tst_hostile.moc"
