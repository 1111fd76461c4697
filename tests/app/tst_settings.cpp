// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT

#include "app/settings.h"

#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace blockscope;
using namespace blockscope::app;

class TestSettings : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }
    void startsWithDefaults();
    void remembersFromOneStartToTheNext();
    void speedIsRemembered_data();
    void speedIsRemembered();
    void recentFilesAreNewestFirstAndFew();
    void damagedValuesReadAsDefaults();

private:
    QString file() const { return m_folder->filePath(u"settings.conf"_s); }

    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestSettings::startsWithDefaults()
{
    const Settings settings(file());
    QVERIFY(settings.recentFiles().isEmpty());
    QVERIFY(settings.theme() == ThemeChoice::System);
    QVERIFY(settings.speed() == views::Speed());
    QVERIFY(settings.windowGeometry().isEmpty());
    QCOMPARE(settings.documentFolder(), QDir::homePath());
}

void TestSettings::remembersFromOneStartToTheNext()
{
    {
        Settings settings(file());
        settings.setTheme(ThemeChoice::Dark);
        settings.setWindow("geometry", "state");
        settings.setDocumentFolder(m_folder->path());
        settings.setPictureFolder(m_folder->path() + u"/gone"_s);
        settings.addRecentFile(u"/a"_s);
    }
    const Settings settings(file());
    QVERIFY(settings.theme() == ThemeChoice::Dark);
    QCOMPARE(settings.windowGeometry(), QByteArray("geometry"));
    QCOMPARE(settings.windowState(), QByteArray("state"));
    QCOMPARE(settings.documentFolder(), m_folder->path());
    QCOMPARE(settings.pictureFolder(), QDir::homePath());
    QCOMPARE(settings.recentFiles(), QStringList{u"/a"_s});
}

void TestSettings::speedIsRemembered_data()
{
    QTest::addColumn<views::Speed>("speed");
    QTest::newRow("step by step") << views::Speed{views::Speed::Mode::Manual, 1};
    QTest::newRow("limited") << views::Speed{views::Speed::Mode::Limited, 64};
    QTest::newRow("as fast as possible") << views::Speed{views::Speed::Mode::Unlimited, 1};
}

void TestSettings::speedIsRemembered()
{
    QFETCH(const views::Speed, speed);
    Settings(file()).setSpeed(speed);
    QVERIFY(Settings(file()).speed() == speed);
}

void TestSettings::recentFilesAreNewestFirstAndFew()
{
    Settings settings(file());
    for (int i = 0; i < 15; ++i)
        settings.addRecentFile(u"/file%1"_s.arg(i));
    settings.addRecentFile(u"/file10"_s);
    QCOMPARE(settings.recentFiles().size(), qsizetype(Settings::kMostRecentFiles));
    QCOMPARE(settings.recentFiles().first(2), (QStringList{u"/file10"_s, u"/file14"_s}));
    settings.removeRecentFile(u"/file10"_s);
    QCOMPARE(settings.recentFiles().constFirst(), u"/file14"_s);
    settings.clearRecentFiles();
    QVERIFY(settings.recentFiles().isEmpty());
}

void TestSettings::damagedValuesReadAsDefaults()
{
    QFile damaged(file());
    QVERIFY(damaged.open(QIODevice::WriteOnly));
    damaged.write("[view]\ntheme=@Invalid()\n[run]\nstepsPerSecond=many\n[files]\nrecent=@Variant(zz)\n[window\n");
    damaged.close();
    const Settings settings(file());
    QVERIFY(settings.theme() == ThemeChoice::System);
    QVERIFY(settings.speed() == views::Speed());
}

QTEST_MAIN(TestSettings)
#include "tst_settings.moc"
