// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT

#include "tests/layering/includerules.h"
#include "tests/layering/sources.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace blockscope::layering;

/// The direction app -> views -> engine, read from the include lines. The rules are in includerules.cpp.
class TestLayering : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void includesKeepToTheRules_data();
    void includesKeepToTheRules();
    void everyLayerIsRead_data();
    void everyLayerIsRead();
    void aBadLineIsFound_data();
    void aBadLineIsFound();
    void aGoodLineIsLeftAlone_data();
    void aGoodLineIsLeftAlone();
};

namespace {

QStringList sourcesBelow(const QString &folder)
{
    return filesBelow(folder, {u"*.h"_s, u"*.cpp"_s});
}

} // namespace

void TestLayering::includesKeepToTheRules_data()
{
    QTest::addColumn<QString>("file");
    for (const QString &layer : {u"engine"_s, u"views"_s, u"app"_s}) {
        for (const QString &file : sourcesBelow(layer))
            QTest::newRow(qPrintable(file)) << file;
    }
}

void TestLayering::includesKeepToTheRules()
{
    QFETCH(const QString, file);
    QStringList objections;
    const QStringList lines = linesOf(file);
    for (qsizetype i = 0; i < lines.size(); ++i) {
        if (const QString text = objection(file, lines.at(i)); !text.isEmpty())
            objections += u"%1:%2: %3"_s.arg(file).arg(i + 1).arg(text);
    }
    QVERIFY2(objections.isEmpty(), qPrintable(objections.join(u'\n')));
}

void TestLayering::everyLayerIsRead_data()
{
    QTest::addColumn<QString>("folder");
    for (const char *folder : {"engine/base", "engine/files", "views/layout", "views/graph", "app"})
        QTest::newRow(folder) << QString::fromLatin1(folder);
}

void TestLayering::everyLayerIsRead()
{
    QFETCH(const QString, folder);
    QVERIFY(folders().contains(folder));
    bool found = false;
    for (const QString &file : sourcesBelow(folder)) {
        for (const QString &line : linesOf(file))
            found = found || includeIn(line).has_value();
    }
    QVERIFY2(found, "no include line was found there: the test reads the wrong place");
}

void TestLayering::aBadLineIsFound_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<QString>("line");
    const auto row = [](const char *title, const char *file, const char *line) {
        QTest::newRow(title) << QString::fromLatin1(file) << QString::fromLatin1(line);
    };
    row("the engine looks right", "engine/graph/a.h", "#include \"engine/world/world.h\"");
    row("the engine looks up", "engine/run/a.cpp", "#include \"views/common/theme.h\"");
    row("the engine reads files", "engine/world/a.cpp", "#include \"engine/files/scenario.h\"");
    row("the engine uses Qt", "engine/base/a.h", "#include <QString>");
    row("the engine uses Qt by module", "engine/base/a.h", "#include <QtCore/qglobal.h>");
    row("the engine sees Graphviz", "engine/base/a.h", "#include <gvc.h>");
    row("the engine asks the system", "engine/base/a.cpp", "#include <unistd.h>");
    row("files use Qt Gui", "engine/files/a.cpp", "#include <QImage>");
    row("text uses Qt Widgets by module", "engine/text/a.cpp", "#include <QtWidgets/QWidget>");
    row("text reads files", "engine/text/a.cpp", "#include \"engine/files/scenario.h\"");
    row("the layout uses Qt", "views/layout/a.h", "#include <QPointF>");
    row("the layout knows the world", "views/layout/a.h", "#include \"engine/world/world.h\"");
    row("a panel sees Graphviz", "views/graph/a.cpp", "#include <graphviz/cgraph.h>");
    row("common knows the session", "views/common/a.h", "#include \"views/session/session.h\"");
    row("the session knows a panel", "views/session/a.h", "#include \"views/jobs/jobspanel.h\"");
    row("a panel knows another", "views/why/a.h", "#include \"views/graph/graphview.h\"");
    row("export knows the view", "views/export/a.h", "#include \"views/graph/graphview.h\"");
    row("the app sees Graphviz", "app/a.cpp", "#include <gvc.h>");
    row("a panel knows the app", "views/why/a.h", "#include \"app/actions.h\"");
    row("a panel keeps settings", "views/why/a.cpp", "#include <QSettings>");
    row("a panel keeps settings, by module", "views/why/a.cpp", "#include <QtCore/QSettings>");
    row("a panel uses the network", "views/why/a.cpp", "#include <QtNetwork/QTcpSocket>");
    row("the app includes tests", "app/a.cpp", "#include \"tests/support/graphtext.h\"");
    row("not from the root", "views/why/a.cpp", "#include \"whypanel.h\"");
    row("upwards by dots", "views/why/a.cpp", "#include \"../graph/graphview.h\"");
    row("with spaces", "engine/base/a.h", "  #  include <QString> // why not");
    row("a folder without a rule", "views/newpanel/a.h", "#include <vector>");
    row("a folder whose name begins alike", "engine/baseplate/a.h", "#include <vector>");
}

void TestLayering::aBadLineIsFound()
{
    QFETCH(const QString, file);
    QFETCH(const QString, line);
    QVERIFY(!objection(file, line).isEmpty());
}

void TestLayering::aGoodLineIsLeftAlone_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<QString>("line");
    const auto row = [](const char *title, const char *file, const char *line) {
        QTest::newRow(title) << QString::fromLatin1(file) << QString::fromLatin1(line);
    };
    row("itself", "engine/graph/a.cpp", "#include \"engine/graph/a.h\"");
    row("to the left", "engine/explore/a.h", "#include \"engine/base/id.h\"");
    row("the standard library", "engine/base/a.h", "#include <string_view>");
    row("files use the engine", "engine/files/a.h", "#include \"engine/explore/explorer.h\"");
    row("files use Qt Core", "engine/files/a.h", "#include <QJsonObject>");
    row("the layout sees Graphviz", "views/layout/a.cpp", "#include <graphviz/gvc.h>");
    row("a panel uses the session", "views/jobs/a.h", "#include \"views/session/session.h\"");
    row("a panel uses Qt Widgets", "views/jobs/a.h", "#include <QTreeView>");
    row("a panel's moc file", "views/jobs/a.cpp", "#include \"moc_jobspanel.cpp\"");
    row("export uses the drawing", "views/export/a.h", "#include \"views/graph/drawpicture.h\"");
    row("the app uses panels", "app/a.cpp", "#include \"views/jobs/jobspanel.h\"");
    row("the app keeps settings", "app/a.cpp", "#include <QSettings>");
    row("not an include line", "engine/base/a.h", "// as in #include <QString>");
}

void TestLayering::aGoodLineIsLeftAlone()
{
    QFETCH(const QString, file);
    QFETCH(const QString, line);
    QCOMPARE(objection(file, line), QString());
}

QTEST_GUILESS_MAIN(TestLayering)
#include "tst_layering.moc"
