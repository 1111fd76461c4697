// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "engine/operations/catalogue.h"
#include "engine/operations/claimtable.h"

#include <QFile>
#include <QTest>

#include <map>

using namespace blockscope;

namespace {

ActionSet parse(const QString &text)
{
    if (text == u"*")
        return kAllActions;
    ActionSet actions;
    const QStringList words = text == u"-" ? QStringList() : text.split(u' ');
    for (const QString &word : words) {
        for (Action action : kActions) {
            if (word == QLatin1String(letters(action)))
                actions.insert(action);
        }
    }
    return actions;
}

} // namespace

/// The claims against the text they come from (operations.md, Appendix A).
class TestClaimTable : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void rowsAreTheAppendix_data();
    void rowsAreTheAppendix();
    void whatIsAboveAWrittenNodeChangesWithIt();
    void everyOperationIsFoundByName();
};

void TestClaimTable::rowsAreTheAppendix_data()
{
    QTest::addColumn<QStringList>("expected");
    QFile file(QStringLiteral(BLOCKSCOPE_TEST_DATA "/appendix-a.txt"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    std::map<std::string, bool> ours;
    for (const ClaimRow &row : claimTable())
        ours[std::string(row.operation)] = true;
    while (!file.atEnd()) {
        const QStringList fields = QString::fromUtf8(file.readLine()).trimmed().split(u';');
        if (fields.size() == 4 && ours.contains(fields[0].toStdString()))
            QTest::newRow(qPrintable(fields[0] + u' ' + fields[1])) << fields;
    }
}

void TestClaimTable::rowsAreTheAppendix()
{
    QFETCH(QStringList, expected);
    const Claim claim = claimFor(expected[0].toStdString(), expected[1].toStdString());
    QCOMPARE(claim.require.bits(), parse(expected[2]).bits());
    QCOMPARE(claim.allow.bits(), parse(expected[3]).bits());
}

/// Rows of our own, by reading P3: as a sibling of a commit.
void TestClaimTable::whatIsAboveAWrittenNodeChangesWithIt()
{
    QVERIFY(claimFor("mirror", "above") == claimFor("block-commit", "sibling"));
    QVERIFY(claimFor("backup", "above") == claimFor("block-commit", "sibling"));
}

void TestClaimTable::everyOperationIsFoundByName()
{
    for (const Operation *operation : operations())
        QCOMPARE(findOperation(operation->name), operation);
    QVERIFY(findOperation("block-frobnicate") == nullptr);
}

QTEST_GUILESS_MAIN(TestClaimTable)
#include "tst_claimtable.moc"
