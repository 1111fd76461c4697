// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "engine/world/permissions.h"
#include "tests/engine/files/support.h"

#include <cstdio>

using namespace blockscope;
using namespace blockscope::test;

namespace {

std::string lettersOf(PermissionSet set)
{
    std::string letters;
    for (unsigned i = 0; i < kPermissionCount; ++i)
        letters += (set & (1U << i)) != 0 ? "rwus"[i] : '-';
    return letters;
}

std::string parentText(const World &world, const Edge &edge)
{
    switch (edge.parent.kind) {
    case Parent::Kind::Node:
        return world.node(edge.parent.node()).driver + " " + world.node(edge.parent.node()).name;
    case Parent::Kind::Job:
        return world.job(JobId{edge.parent.id}).type + " job";
    default:
        return "user " + world.user(UserId{edge.parent.id}).name;
    }
}

} // namespace

/// The permissions on every link that a real QEMU 7.2 reported (shared/qemu/graphs).
class TestPermissions : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void linksHaveTheCapturedPermissions_data();
    void linksHaveTheCapturedPermissions();
    void cleanupTestCase() const;

private:
    int m_links = 0;
    int m_alike = 0;
};

void TestPermissions::cleanupTestCase() const
{
    std::printf("links of captures %d, alike %d\n", m_links, m_alike);
}

void TestPermissions::linksHaveTheCapturedPermissions_data()
{
    QTest::addColumn<QString>("name");
    const QStringList names =
        QDir(QStringLiteral(BLOCKSCOPE_TEST_DATA "/graphs")).entryList({QStringLiteral("*.json")});
    QVERIFY(names.size() > 50);
    for (const QString &name : names)
        QTest::newRow(qPrintable(name)) << name;
}

void TestPermissions::linksHaveTheCapturedPermissions()
{
    QFETCH(const QString, name);
    const auto scenario = readCapture(captureText(name));
    QVERIFY(scenario);
    const World &world = scenario->world;
    PermissionTable table(world);
    QStringList different;
    for (EdgeId id : world.graph.edges()) {
        const Edge &edge = world.graph.edge(id);
        if (!edge.captured)
            continue;
        const Permissions found = table.through(id);
        ++m_links;
        m_alike += found == *edge.captured ? 1 : 0;
        if (found != *edge.captured)
            different << QString::fromStdString(
                parentText(world, edge) + " -" + edge.role + "-> " + world.node(edge.child).name + ": " +
                lettersOf(found.perm) + "/" + lettersOf(found.sharedPerm) + ", QEMU " + lettersOf(edge.captured->perm) +
                "/" + lettersOf(edge.captured->sharedPerm));
    }
    QEXPECT_FAIL("35-luks-amend-job.json", "No reply names the node whose keys the job x-blockdev-amend changes.",
                 Abort);
    QVERIFY2(different.isEmpty(), qPrintable(different.join(u'\n')));
}

QTEST_GUILESS_MAIN(TestPermissions)
#include "tst_permissions.moc"
