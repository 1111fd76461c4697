// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT

#include "tests/layering/includerules.h"

#include <QDir>
#include <QFileInfo>
#include <QLibraryInfo>
#include <QList>
#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace blockscope::layering {
namespace {

QStringList inFolder(const QString &parent, const QStringList &names)
{
    QStringList paths;
    for (const QString &name : names)
        paths += parent + u'/' + name;
    return paths;
}

// Each may include itself and those left of it.
QStringList engineOrder()
{
    return inFolder(u"engine"_s, {u"base"_s, u"graph"_s, u"access"_s, u"world"_s, u"operations"_s, u"policies"_s,
                                  u"run"_s, u"reproduce"_s, u"explore"_s});
}

// None may include another; what two of them need belongs in views/common, what they say to each other in
// views/session. Export has a row of its own below.
QStringList panels()
{
    return inFolder(u"views"_s, {u"graph"_s, u"palette"_s, u"jobs"_s, u"why"_s, u"inspector"_s, u"matrix"_s,
                                 u"timeline"_s, u"findings"_s, u"lessons"_s, u"explore"_s});
}

QList<Rule> makeRules()
{
    QList<Rule> rules;
    for (qsizetype i = 0; i < engineOrder().size(); ++i)
        rules += {engineOrder().at(i), engineOrder().first(i + 1), {}};

    const QStringList core = {u"QtCore"_s};
    rules += {u"engine/files"_s, engineOrder() + QStringList{u"engine/files"_s}, core};
    rules += {u"engine/text"_s, engineOrder() + QStringList{u"engine/text"_s}, core};

    const QStringList widgets = {u"QtCore"_s, u"QtGui"_s, u"QtWidgets"_s, u"QtConcurrent"_s, u"QtSvg"_s};
    const QStringList common = {u"engine"_s, u"views/layout"_s, u"views/common"_s};
    const QStringList session = common + QStringList{u"views/session"_s};
    const QStringList graphviz = {u"gvc.h"_s, u"cgraph.h"_s, u"graphviz/gvc.h"_s, u"graphviz/cgraph.h"_s};
    rules += {u"views/layout"_s, {u"engine/base"_s, u"views/layout"_s}, {}, graphviz};
    rules += {u"views/common"_s, common, widgets};
    rules += {u"views/session"_s, session, widgets};
    for (const QString &panel : panels())
        rules += {panel, session + QStringList{panel}, widgets};
    // What is exported is the drawing on the screen, so export may use these headers of graph.
    const QStringList drawing = {u"views/graph/picture.h"_s, u"views/graph/drawpicture.h"_s,
                                 u"views/graph/drawsheet.h"_s};
    rules += {u"views/export"_s, session + drawing + QStringList{u"views/export"_s}, widgets, {u"zlib.h"_s}};

    rules += {u"app"_s, {u"engine"_s, u"views"_s, u"app"_s}, widgets, {u"unistd.h"_s, u"sys/prctl.h"_s}};
    return rules;
}

const QList<Rule> &rules()
{
    static const QList<Rule> all = makeRules();
    return all;
}

bool within(const QString &path, const QString &folder)
{
    return path == folder || path.startsWith(folder + u'/');
}

bool withinAny(const QString &path, const QStringList &folders)
{
    return std::any_of(folders.begin(), folders.end(), [&](const QString &folder) { return within(path, folder); });
}

// The Qt module that has a header of this name, be it written <QString> or <QtCore/QString>; empty if none has.
QString qtModule(const QString &header)
{
    static const QStringList modules =
        QDir(QLibraryInfo::path(QLibraryInfo::HeadersPath)).entryList({u"Qt*"_s}, QDir::Dirs);
    const QString folder = header.section(u'/', 0, 0);
    if (header.contains(u'/'))
        return folder.startsWith("Qt"_L1) ? folder : QString();
    for (const QString &module : modules) {
        if (QFileInfo::exists(QLibraryInfo::path(QLibraryInfo::HeadersPath) + u'/' + module + u'/' + header))
            return module;
    }
    return {};
}

// <vector>, <compare>: the standard library's headers have neither an ending nor a folder.
bool isStandard(const QString &header)
{
    static const QRegularExpression name(u"^[a-z_0-9]+$"_s);
    return name.match(header).hasMatch();
}

QString objectionToQuoted(const Rule &rule, const QString &name)
{
    if (name.endsWith(".moc"_L1) || name.startsWith("moc_"_L1) || withinAny(name, rule.project))
        return {};
    if (!name.contains(u'/'))
        return u"%1: write the path from the root"_s.arg(name);
    return u"%1 may not include %2"_s.arg(rule.folder, name);
}

QString objectionToForeign(const Rule &rule, const QString &name)
{
    if (name == "QSettings"_L1 || name.endsWith("/QSettings"_L1)) {
        return rule.folder == "app"_L1 ? QString() : u"only app may use QSettings; hand the values over"_s;
    }
    if (const QString module = qtModule(name); !module.isEmpty())
        return rule.modules.contains(module) ? QString() : u"%1 may not use %2 (<%3>)"_s.arg(rule.folder, module, name);
    if (isStandard(name) || rule.libraries.contains(name))
        return {};
    return u"%1 may not use <%2>"_s.arg(rule.folder, name);
}

} // namespace

QStringList folders()
{
    QStringList names;
    for (const Rule &rule : rules())
        names += rule.folder;
    return names;
}

std::optional<Include> includeIn(QStringView line)
{
    static const QRegularExpression pattern(u"^\\s*#\\s*include\\s*([<\"])([^>\"]+)[>\"]"_s);
    const QRegularExpressionMatch match = pattern.match(line.toString());
    if (!match.hasMatch())
        return {};
    return Include{match.captured(2), match.captured(1) == u'"'};
}

QString objection(const QString &file, QStringView line)
{
    const std::optional<Include> include = includeIn(line);
    if (!include)
        return {};
    const auto rule =
        std::find_if(rules().begin(), rules().end(), [&](const Rule &each) { return within(file, each.folder); });
    if (rule == rules().end())
        return u"there is no rule for the folder of %1"_s.arg(file);
    return include->quoted ? objectionToQuoted(*rule, include->name) : objectionToForeign(*rule, include->name);
}

} // namespace blockscope::layering
