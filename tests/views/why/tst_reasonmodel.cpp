// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "views/why/reasonmodel.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace blockscope;
using namespace blockscope::views;

class TestReasonModel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isAModel();
    void tellsAReasonOnOneLine();
    void tellsWhoDidNotObject();
    void newActivitiesKeepTheRows();
};

namespace {

ReasonText reason()
{
    ReasonText reason;
    reason.code = u"NAC-R1"_s;
    reason.nodeName = u"mid1"_s;
    reason.actions = {Action::ModifyVisible, Action::ReadVisible};
    reason.holder = Holder::of(JobId{0});
    reason.holderBrief = u"overlay a"_s;
    reason.holderName = u"overlay a (its link)"_s;
    reason.sinceText = u"since step 3"_s;
    reason.rule = u"The rule."_s;
    return reason;
}

} // namespace

void TestReasonModel::isAModel()
{
    ReasonModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    QCOMPARE(model.rowCount(), 0);
    model.setReasons({reason(), reason(), {}});
    QCOMPARE(model.rowCount(), 3);
    model.setReasons({reason()});
    QCOMPARE(model.rowCount(), 1);
    QCOMPARE(model.data({}, Qt::DisplayRole), QVariant());
}

void TestReasonModel::tellsAReasonOnOneLine()
{
    ReasonModel model;
    model.setReasons({reason()});
    const QModelIndex index = model.index(0);
    QCOMPARE(index.data().toString(), u"mid1: MV RV, NAC-R1. overlay a (its link), since step 3"_s);
    QVERIFY(index.data(Qt::AccessibleTextRole).toString().endsWith(u"The rule."_s));
    QCOMPARE(index.data(ReasonModel::NodeRole).toString(), u"mid1"_s);
    QCOMPARE(index.data(ReasonModel::ActionsRole).toUInt(), reason().actions.bits());
    QCOMPARE(index.data(ReasonModel::HolderRole).toString(), u"overlay a, since step 3"_s);
}

void TestReasonModel::tellsWhoDidNotObject()
{
    ReasonText nobody;
    nobody.nodeName = u"base"_s;
    nobody.rule = u"Nobody holds base."_s;
    ReasonModel model;
    model.setReasons({nobody});
    QCOMPARE(model.index(0).data().toString(), u"base: Nobody holds base."_s);
    QCOMPARE(model.index(0).data(ReasonModel::HolderRole).toString(), u"held by nobody"_s);
}

void TestReasonModel::newActivitiesKeepTheRows()
{
    ReasonModel model;
    model.setReasons({reason()});
    const QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
    ReasonText later = reason();
    later.activity = u"commit c0 has ended."_s;
    model.setActivities({later});
    QCOMPARE(model.reason(0).activity, later.activity);
    QCOMPARE(reset.count(), 0);
}

QTEST_GUILESS_MAIN(TestReasonModel)
#include "tst_reasonmodel.moc"
