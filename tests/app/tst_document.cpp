// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT

#include "app/document.h"
#include "tests/support/worlds.h"

#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace blockscope;
using namespace blockscope::app;

namespace {

const QmpCommand kStream{"block-stream", {{"device", "top"}, {"job-id", "s0"}}};

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

class TestDocument : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void savedIsOpenedAgainWithoutLoss();
    void expectationsAndUnknownKeysAreKept();
    void captureIsNeverOverwritten();
    void damagedFileChangesNothing_data();
    void damagedFileChangesNothing();
    void saveThatFailsChangesNothing();
    void modifiedFollowsTheUser();
    void createIsEmpty();
    void welcomeOpens();

private:
    QString path(const QString &name) const { return m_folder->filePath(name); }
    /// A scenario file of a chain.
    QString makeScenario();

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<views::Session> m_session;
    std::unique_ptr<Document> m_document;
};

void TestDocument::init()
{
    m_document.reset();
    m_folder = std::make_unique<QTemporaryDir>();
    m_session = std::make_unique<views::Session>();
    m_session->setSpeed({views::Speed::Mode::Manual, 1});
    m_document = std::make_unique<Document>(*m_session);
}

QString TestDocument::makeScenario()
{
    Scenario scenario;
    scenario.world = test::chainWorld({"base", "mid", "top"});
    scenario.title = "A chain";
    const QString file = path(u"chain.blockscope"_s);
    QFile out(file);
    if (!out.open(QIODevice::WriteOnly))
        return {};
    out.write(writeScenario(scenario));
    return file;
}

void TestDocument::savedIsOpenedAgainWithoutLoss()
{
    QVERIFY(!m_document->open(makeScenario()));
    QCOMPARE(m_document->name(), u"chain.blockscope"_s);
    m_session->submit(kStream);
    m_session->step(JobId{0});
    m_session->step(JobId{0});
    const World world = m_session->world();
    const QString saved = path(u"saved.blockscope"_s);
    QVERIFY(!m_document->save(saved));
    QCOMPARE(m_document->path(), saved);

    m_document->create();
    QVERIFY(!m_document->open(saved));
    QVERIFY(m_session->world() == world);
    const QByteArray bytes = contentOf(saved);
    QVERIFY(!m_document->save(saved));
    QCOMPARE(contentOf(saved), bytes);
}

void TestDocument::expectationsAndUnknownKeysAreKept()
{
    Scenario scenario;
    scenario.world = test::chainWorld({"base", "mid", "top"});
    scenario.extra["author"] = Value("somebody");
    scenario.events = {{kStream, Expectation{Outcome::Kind::Allowed, {}, {}}, {{"comment", "first"}}},
                       {StepControl{"s0", 2}, {}, {}}};
    QFile out(path(u"a.blockscope"_s));
    QVERIFY(out.open(QIODevice::WriteOnly));
    out.write(writeScenario(scenario));
    out.close();

    QVERIFY(!m_document->open(out.fileName()));
    QVERIFY(m_document->scenario() == scenario);
    m_session->step(JobId{0});
    const Scenario now = m_document->scenario();
    QCOMPARE(now.events.size(), 3U);
    QVERIFY(now.events[0] == scenario.events[0]);
    QVERIFY(now.events[1] == scenario.events[1]);
    QVERIFY(now.extra == scenario.extra);
}

void TestDocument::captureIsNeverOverwritten()
{
    const QString capture = QStringLiteral(BLOCKSCOPE_TEST_DATA "/graphs/00-scenario-standard.json");
    QVERIFY(!m_document->open(capture));
    QVERIFY(m_document->path().isEmpty());
    QCOMPARE(m_document->source(), QFileInfo(capture).absoluteFilePath());
    QVERIFY(!m_document->isModified());
    QVERIFY(m_session->world().graph.nodeCount() > 0);
}

void TestDocument::damagedFileChangesNothing_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("no JSON") << QByteArray("hello");
    QTest::newRow("cut off") << QByteArray("{\"blockscope\": 1, \"world\": {");
    QTest::newRow("a newer version") << QByteArray("{\"blockscope\": 99}");
    QTest::newRow("something else") << QByteArray("[1, 2, 3]");
}

void TestDocument::damagedFileChangesNothing()
{
    QFETCH(const QByteArray, content);
    QVERIFY(!m_document->open(makeScenario()));
    m_session->submit(kStream);
    const World world = m_session->world();
    const QString before = m_document->path();
    QFile damaged(path(u"damaged.blockscope"_s));
    QVERIFY(damaged.open(QIODevice::WriteOnly));
    damaged.write(content);
    damaged.close();
    QSignalSpy resets(m_session.get(), &views::Session::worldReset);

    const auto error = m_document->open(damaged.fileName());

    QVERIFY(error.has_value());
    QVERIFY(!error->what.empty());
    QVERIFY(resets.empty());
    QVERIFY(m_session->world() == world);
    QCOMPARE(m_document->path(), before);
    QVERIFY(m_document->isModified());
    QVERIFY(m_document->open(path(u"missing.blockscope"_s)).has_value());
    QVERIFY(m_document->open(m_folder->path()).has_value());
    QVERIFY(m_document->open(u"/dev/zero"_s).has_value());
}

void TestDocument::saveThatFailsChangesNothing()
{
    QVERIFY(!m_document->open(makeScenario()));
    m_session->submit(kStream);
    const QString before = m_document->path();
    const auto error = m_document->save(path(u"no/such/folder/a.blockscope"_s));
    QVERIFY(error.has_value());
    QVERIFY(!error->what.empty());
    QVERIFY(m_document->isModified());
    QCOMPARE(m_document->path(), before);
}

void TestDocument::modifiedFollowsTheUser()
{
    QVERIFY(!m_document->open(makeScenario()));
    QSignalSpy changes(m_document.get(), &Document::changed);
    QVERIFY(!m_document->isModified());
    m_session->submit(kStream);
    QVERIFY(m_document->isModified());
    QCOMPARE(changes.size(), 1);
    m_session->undoStack().undo();
    QVERIFY(!m_document->isModified());
    m_session->undoStack().redo();
    QVERIFY(!m_document->save(m_document->path()));
    QVERIFY(!m_document->isModified());
    m_session->step(JobId{0});
    QVERIFY2(!m_document->isModified(), "What jobs do by themselves is no reason to ask.");
    m_session->undoStack().undo();
    QVERIFY(m_document->isModified());
}

void TestDocument::createIsEmpty()
{
    QVERIFY(!m_document->open(makeScenario()));
    m_document->create();
    QCOMPARE(m_session->world().graph.nodeCount(), 0U);
    QVERIFY(m_document->path().isEmpty());
    QCOMPARE(m_document->name(), u"Untitled"_s);
    QVERIFY(!m_document->isModified());
}

void TestDocument::welcomeOpens()
{
    QVERIFY(!m_document->openExample(u":/scenarios/welcome.blockscope"_s));
    QVERIFY(m_session->world().graph.nodeCount() > 0);
    QVERIFY(m_document->path().isEmpty());
    QVERIFY(m_document->source().isEmpty());
    QVERIFY(!m_document->name().isEmpty());
}

QTEST_GUILESS_MAIN(TestDocument)
#include "tst_document.moc"
