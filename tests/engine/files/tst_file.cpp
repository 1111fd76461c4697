// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "engine/files/file.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <fcntl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace blockscope;
using namespace Qt::StringLiterals;

class TestFile : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void writesAndReads();
    void replacesAtOnce();
    void errorsNameFileAndReason_data();
    void errorsNameFileAndReason();
    void refusesWhatIsTooLarge();
    void aFailedWriteLeavesTheOldContent();
    void devicesStayDevices();
};

void TestFile::writesAndReads()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"ä b.blockscope"_s);
    const QByteArray content("a\0b\r\n", 5);
    QVERIFY(!writeFile(path, content));
    const auto read = readFile(path);
    QVERIFY(read);
    QCOMPARE(*read, content);
}

void TestFile::replacesAtOnce()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"f"_s);
    QVERIFY(!writeFile(path, "old and long"));
    QVERIFY(!writeFile(path, "new"));
    QCOMPARE(*readFile(path), QByteArray("new"));
    QCOMPARE(QDir(folder.path()).entryList(QDir::Files | QDir::Hidden), QStringList{u"f"_s});
}

void TestFile::errorsNameFileAndReason_data()
{
    QTest::addColumn<QString>("path");
    QTest::newRow("nothing there") << u"/no/such/file"_s;
    QTest::newRow("a folder") << u"/tmp"_s;
}

void TestFile::errorsNameFileAndReason()
{
    QFETCH(QString, path);
    const auto read = readFile(path);
    QVERIFY(!read);
    QCOMPARE(read.error().code, std::string("FILE-OPEN"));
    QCOMPARE(read.error().where, path.toStdString());
    QVERIFY(read.error().what.starts_with("It "));
    const auto written = writeFile(path, "x");
    QVERIFY(written);
    QCOMPARE(written->code, std::string("FILE-WRITE"));
    QCOMPARE(written->where, path.toStdString());
}

void TestFile::refusesWhatIsTooLarge()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"large"_s);
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly) && file.resize(kMaximumFileSize + 1)); // sparse
    const auto read = readFile(path);
    QVERIFY(!read);
    QCOMPARE(read.error().code, std::string("FILE-SIZE"));
}

void TestFile::aFailedWriteLeavesTheOldContent()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"f"_s);
    QVERIFY(!writeFile(path, "old"));
    // A disk that is full, for this process alone.
    signal(SIGXFSZ, SIG_IGN);
    rlimit before{};
    getrlimit(RLIMIT_FSIZE, &before);
    rlimit small = before;
    small.rlim_cur = 1000;
    setrlimit(RLIMIT_FSIZE, &small);
    const auto error = writeFile(path, QByteArray(100000, 'x'));
    setrlimit(RLIMIT_FSIZE, &before);
    QVERIFY(error);
    QCOMPARE(error->where, path.toStdString());
    QCOMPARE(*readFile(path), QByteArray("old"));
    QCOMPARE(QDir(folder.path()).entryList(QDir::Files | QDir::Hidden), QStringList{u"f"_s});
}

void TestFile::devicesStayDevices()
{
    const QTemporaryDir folder;
    const QString pipe = folder.filePath(u"pipe"_s);
    QCOMPARE(mkfifo(pipe.toLocal8Bit().constData(), 0600), 0);
    const int reader = open(pipe.toLocal8Bit().constData(), O_RDONLY | O_NONBLOCK);
    QVERIFY(reader >= 0);
    QVERIFY(!writeFile(pipe, "through"));
    char received[16] = {};
    QCOMPARE(read(reader, received, sizeof received), ssize_t{7});
    close(reader);
    QCOMPARE(QByteArray(received), QByteArray("through"));
    struct stat status = {};
    QVERIFY(stat(pipe.toLocal8Bit().constData(), &status) == 0 && S_ISFIFO(status.st_mode));
}

QTEST_APPLESS_MAIN(TestFile)
#include "tst_file.moc"
