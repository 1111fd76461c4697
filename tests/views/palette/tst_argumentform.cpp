// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT

#include "engine/operations/catalogue.h"
#include "tests/support/worlds.h"
#include "views/palette/argumentfield.h"
#include "views/palette/argumentform.h"
#include "views/palette/operationlauncher.h"
#include "views/palette/operationtext.h"

#include <QComboBox>
#include <QLineEdit>
#include <QListWidget>
#include <QMenu>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

using namespace blockscope;
using namespace blockscope::views;
using namespace Qt::StringLiterals;

class TestArgumentForm : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void hasAFieldForEveryArgument_data();
    void hasAFieldForEveryArgument();
    void fieldsGiveValues_data();
    void fieldsGiveValues();
    void theVerdictIsLive();
    void theVerdictFollowsTheWorld();
    void saysWhatIsMissing();
    void saysWhatIsWrong();
    void candidatesCarryTheirVerdict();
    void picksANodeInTheGraph();
    void lightsUpWhatItWouldTouch();
    void enterStartsAndEscapeCancels();
    void opensOnlyWhenThereIsSomethingToChoose_data();
    void opensOnlyWhenThereIsSomethingToChoose();
    void aRefusalIsAskedAtOnce();
    void theMenuHasEveryOperation();
    void claimsAreForgotten();
    void rolesFollowTheArguments();

private:
    [[nodiscard]] NodeId node(const char *name) const { return *m_session->world().graph.findNode(name); }
    [[nodiscard]] std::unique_ptr<ArgumentForm> form(const Operation &operation, const Object &arguments = {});
    void startCommit();

    std::unique_ptr<Session> m_session;
    std::unique_ptr<QWidget> m_window;
    OperationLauncher *m_launcher = nullptr;
};

void TestArgumentForm::init()
{
    m_session = std::make_unique<Session>();
    m_session->setHalted(true);
    World world = test::chainWorld({"base", "mid", "top"}, "vda");
    test::addImage(world, "spare", {}, false);
    m_session->reset(world);
    m_window = std::make_unique<QWidget>();
    m_window->show();
    m_launcher = new OperationLauncher(*m_session, m_window.get());
}

void TestArgumentForm::cleanup()
{
    m_window.reset();
    m_session.reset();
}

std::unique_ptr<ArgumentForm> TestArgumentForm::form(const Operation &operation, const Object &arguments)
{
    auto form = std::make_unique<ArgumentForm>(*m_session, operation, arguments, nullptr);
    form->setAttribute(Qt::WA_DeleteOnClose, false);
    return form;
}

void TestArgumentForm::startCommit()
{
    const Outcome outcome = m_session->submit(
        QmpCommand{"block-commit", {{"device", "top"}, {"top-node", "mid"}, {"base-node", "base"}, {"job-id", "c0"}}});
    QVERIFY(outcome.kind == Outcome::Kind::Allowed);
}

void TestArgumentForm::hasAFieldForEveryArgument_data()
{
    QTest::addColumn<QByteArray>("operation");
    for (const Operation *operation : operations())
        QTest::newRow(operation->name.data()) << QByteArray(operation->name.data());
}

void TestArgumentForm::hasAFieldForEveryArgument()
{
    QFETCH(const QByteArray, operation);
    const Operation &asked = *findOperation(operation.toStdString());
    const Object given = asked.suggest != nullptr ? asked.suggest(m_session->world(), node("top")) : Object();
    const auto opened = form(asked, given);
    for (const Parameter &parameter : asked.parameters)
        QVERIFY2(opened->field(parameter.name) != nullptr, parameter.name.data());
    QCOMPARE(opened->request().execute, std::string(asked.name));
    QVERIFY(opened->request().arguments == given);
}

void TestArgumentForm::fieldsGiveValues_data()
{
    QTest::addColumn<int>("kind");
    QTest::addColumn<QString>("text");
    QTest::addColumn<Value>("value");
    QTest::addColumn<bool>("isError");
    const auto row = [](const char *title, Parameter::Kind kind, const char *text, const Value &value,
                        bool isError = false) {
        QTest::newRow(title) << static_cast<int>(kind) << QString::fromUtf8(text) << value << isError;
    };
    row("text", Parameter::Kind::Text, "a b", "a b");
    row("no text", Parameter::Kind::Text, "", Value());
    row("number", Parameter::Kind::Number, "42", std::int64_t{42});
    row("half a number", Parameter::Kind::Number, "-", Value(), true);
    row("node", Parameter::Kind::Node, "base", "base");
    row("options by name", Parameter::Kind::Options, "base", "base");
    row("options as JSON", Parameter::Kind::Options, "{\"driver\":\"file\"}", Object{{"driver", "file"}});
    row("options as broken JSON", Parameter::Kind::Options, "{\"driver\"", Value(), true);
    row("null", Parameter::Kind::Options, "null", Value());
}

void TestArgumentForm::fieldsGiveValues()
{
    QFETCH(const int, kind);
    QFETCH(const QString, text);
    QFETCH(const Value, value);
    const Parameter parameter{.name = "x", .kind = static_cast<Parameter::Kind>(kind)};
    ArgumentField field(parameter, nullptr);
    auto *edit = field.findChild<QLineEdit *>();
    QVERIFY(edit != nullptr);
    QTest::keyClicks(static_cast<QWidget *>(edit), text);
    QTEST(!field.error().isEmpty(), "isError");
    QVERIFY(field.value().value_or(Value()) == value);
}

void TestArgumentForm::theVerdictIsLive()
{
    startCommit();
    const auto opened = form(kBlockStream, {{"device", "top"}});
    QVERIFY(opened->verdict() == Offer::Kind::Refused);
    QVERIFY(opened->verdictText().contains("commit c0"_L1));
    opened->field("device")->setValue("spare");
    QTRY_VERIFY(opened->verdict() == Offer::Kind::Allowed);
    opened->field("device")->setValue("top");
    QTRY_VERIFY(opened->verdict() == Offer::Kind::Refused);
}

void TestArgumentForm::theVerdictFollowsTheWorld()
{
    const auto opened = form(kBlockStream, {{"device", "top"}});
    QVERIFY(opened->verdict() == Offer::Kind::Allowed);
    startCommit();
    QTRY_VERIFY(opened->verdict() == Offer::Kind::Refused);
}

void TestArgumentForm::saysWhatIsMissing()
{
    const auto opened = form(kBlockdevMirror, {{"device", "top"}, {"sync", "full"}});
    QVERIFY(opened->verdict() == Offer::Kind::Incomplete);
    QVERIFY(opened->verdictText().contains("target"_L1));
    const QList<QPushButton *> buttons = opened->findChildren<QPushButton *>();
    QVERIFY(std::any_of(buttons.begin(), buttons.end(), [](const QPushButton *each) { return !each->isEnabled(); }));
    opened->field("target")->setValue("spare");
    QTRY_VERIFY(opened->verdict() == Offer::Kind::Allowed);
}

void TestArgumentForm::saysWhatIsWrong()
{
    const auto opened = form(kBlockStream, {{"device", "top"}, {"base-node", "nowhere"}});
    QVERIFY(opened->verdict() == Offer::Kind::Invalid);
    QVERIFY(opened->verdictText().contains("nowhere"_L1));
    opened->field("speed")->findChild<QLineEdit *>()->setText(u"-"_s);
    QTRY_VERIFY(opened->verdictText().contains("speed"_L1));
}

void TestArgumentForm::candidatesCarryTheirVerdict()
{
    const auto opened = form(kBlockStream, {{"device", "top"}});
    auto *choice = opened->field("base-node")->findChild<QComboBox *>();
    QCOMPARE(choice->findText(u"mid"_s) >= 0, true);
    opened->show();
    QTest::mouseClick(choice, Qt::LeftButton, {}, QPoint(choice->width() - 6, choice->height() / 2));
    QVERIFY(choice->findText(u"base"_s) >= 0);
    QVERIFY2(choice->findText(u"spare"_s) < 0, "a node that makes no sense is offered");
    QVERIFY(!choice->itemIcon(choice->findText(u"base"_s)).isNull());
    QCOMPARE(choice->currentText(), QString());
    choice->hidePopup();
}

void TestArgumentForm::picksANodeInTheGraph()
{
    const auto opened = form(kBlockdevMirror, {{"device", "top"}, {"sync", "full"}});
    opened->show();
    m_session->select(node("top"));
    auto *button = opened->field("target")->findChild<QToolButton *>();
    QTest::mouseClick(button, Qt::LeftButton);
    QVERIFY(opened->field("target")->isPicking());
    m_session->select(node("spare")); // as a click in the graph does
    QVERIFY(opened->field("target")->value() == Value("spare"));
    QVERIFY(!opened->field("target")->isPicking());
    QVERIFY(m_session->selection() == Selection(node("top")));
    m_session->select(node("base"));
    QVERIFY(opened->field("target")->value() == Value("spare"));
}

void TestArgumentForm::lightsUpWhatItWouldTouch()
{
    {
        const auto opened = form(kBlockStream, {{"device", "top"}, {"base-node", "mid"}});
        const std::vector<NodeId> &lit = m_session->highlight().nodes;
        QVERIFY(std::find(lit.begin(), lit.end(), node("top")) != lit.end());
    }
    QVERIFY(m_session->highlight() == Highlight());
}

void TestArgumentForm::enterStartsAndEscapeCancels()
{
    m_launcher->launch(u"block-stream"_s, node("top"), QPoint(100, 100));
    QPointer<ArgumentForm> opened = m_launcher->form();
    QVERIFY(opened != nullptr && opened->isVisible() && !opened->isModal());
    QTest::keyClick(opened, Qt::Key_Escape);
    QTRY_VERIFY(m_launcher->form() == nullptr);
    QVERIFY(m_session->world().liveJobs().empty());
    m_launcher->launch(u"block-stream"_s, node("top"), QPoint(100, 100));
    QTest::keyClick(m_launcher->form()->focusWidget(), Qt::Key_Return);
    QTRY_COMPARE(m_session->world().liveJobs().size(), std::size_t{1});
    QTRY_VERIFY(m_launcher->form() == nullptr);
}

void TestArgumentForm::opensOnlyWhenThereIsSomethingToChoose_data()
{
    QTest::addColumn<QString>("operation");
    QTest::addColumn<bool>("opens");
    QTest::newRow("a base") << u"block-stream"_s << true;
    QTest::newRow("a target") << u"blockdev-mirror"_s << true;
    QTest::newRow("a name") << u"blockdev-add"_s << true;
    QTest::newRow("nothing at all") << u"stop"_s << false;
    QTest::newRow("nothing but the node") << u"blockdev-del"_s << false;
}

void TestArgumentForm::opensOnlyWhenThereIsSomethingToChoose()
{
    QFETCH(const QString, operation);
    QFETCH(const bool, opens);
    QSignalSpy submitted(m_session.get(), &Session::submitted);
    m_launcher->launch(operation, node("spare"), QPoint(100, 100));
    QCOMPARE(m_launcher->form() != nullptr, opens);
    QCOMPARE(submitted.count(), opens ? 0 : 1);
}

void TestArgumentForm::aRefusalIsAskedAtOnce()
{
    startCommit();
    const World before = m_session->world();
    std::vector<Outcome::Kind> outcomes;
    connect(m_session.get(), &Session::submitted, this,
            [&](const RecordedEvent &event) { outcomes.push_back(event.outcome.kind); });
    m_launcher->launch(u"block-stream"_s, node("top"), QPoint(100, 100));
    QVERIFY(m_launcher->form() == nullptr);
    QCOMPARE(outcomes.size(), std::size_t{1});
    QVERIFY(outcomes.front() == Outcome::Kind::Refused);
    QVERIFY(m_session->world().ledger == before.ledger);
    QVERIFY(m_session->world().graph == before.graph);
}

void TestArgumentForm::theMenuHasEveryOperation()
{
    startCommit();
    QMenu menu;
    m_launcher->addOperations(menu, node("top"), QPoint(100, 100));
    // Many operations stand in menus of their families.
    QList<QAction *> actions = menu.actions();
    for (const QAction *each : menu.actions()) {
        if (each->menu() != nullptr)
            actions += each->menu()->actions();
    }
    QCOMPARE(std::any_of(actions.begin(), actions.end(), [](const QAction *each) { return each->menu() != nullptr; }),
             operations().size() > kMostInOneList);
    for (const Operation *operation : operations()) {
        const auto found = std::find_if(actions.begin(), actions.end(), [&](const QAction *action) {
            const QString title = action->text().section(u'\t', 0, 0).remove(u'…');
            return title == QString::fromStdString(std::string(operation->name));
        });
        QVERIFY2(found != actions.end(), operation->name.data());
        QVERIFY(!(*found)->icon().isNull() && !(*found)->toolTip().isEmpty());
        if (operation->name == "block-stream") {
            QVERIFY2((*found)->text().contains("\trefused: commit c0"_L1), qPrintable((*found)->text()));
            QSignalSpy submitted(m_session.get(), &Session::submitted);
            (*found)->trigger();
            QCOMPARE(submitted.count(), 1);
        }
    }
}

void TestArgumentForm::claimsAreForgotten()
{
    startCommit();
    const auto opened = form(kBlockStream, {{"device", "mid"}});
    opened->show();
    QVERIFY(opened->verdict() == Offer::Kind::Refused);
    QListWidget &roles = opened->forgettable();
    QVERIFY(!roles.isVisible());
    for (QToolButton *button : opened->findChildren<QToolButton *>()) {
        if (button->text() == u"Advanced"_s)
            QTest::mouseClick(button, Qt::LeftButton);
    }
    QVERIFY(roles.isVisible());
    QVERIFY(roles.count() > 1);
    QVERIFY(opened->request().forget.empty());
    std::vector<std::string> all;
    for (int i = 0; i < roles.count(); ++i) {
        roles.setCurrentRow(i);
        QTest::keyClick(&roles, Qt::Key_Space);
        all.push_back(roles.item(i)->data(Qt::UserRole).toString().toStdString());
        QVERIFY(roles.item(i)->checkState() == Qt::Checked);
    }
    QVERIFY(opened->request().forget == all);
    QTRY_VERIFY(opened->verdict() == Offer::Kind::Allowed); // without a claim nothing can clash
    QVERIFY(opened->request().forget == all);
    roles.setCurrentRow(0);
    QTest::keyClick(&roles, Qt::Key_Space);
    QCOMPARE(opened->request().forget.size(), all.size() - 1);
}

void TestArgumentForm::rolesFollowTheArguments()
{
    const auto opened = form(kBlockdevMirror, {{"device", "top"}, {"sync", "full"}});
    QListWidget &roles = opened->forgettable();
    QCOMPARE(roles.count(), 0);
    opened->field("target")->setValue("spare");
    QTRY_VERIFY(roles.count() > 1);
    const auto hasRole = [&roles](const QString &role) {
        for (int i = 0; i < roles.count(); ++i) {
            if (roles.item(i)->data(Qt::UserRole).toString() == role)
                return roles.item(i)->text().contains(u"spare"_s);
        }
        return false;
    };
    QVERIFY(hasRole(u"target"_s));
}

QTEST_MAIN(TestArgumentForm)
#include "tst_argumentform.moc"
