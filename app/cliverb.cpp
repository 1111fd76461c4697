// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "app/cliverb.h"

using namespace Qt::StringLiterals;

namespace blockscope::app {

namespace {

// Qt begins its help with the path of the program.
QString helpOf(const QCommandLineParser &parser, const Verb &verb)
{
    QString text = parser.helpText();
    const qsizetype end = text.indexOf(u'\n');
    const qsizetype options = text.indexOf(u'[');
    const QString name = u"blockscope "_s + QLatin1StringView(verb.name) + u' ';
    return options < 0 || options > end ? text : Cli::tr("Usage: %1").arg(name) + text.mid(options);
}

} // namespace

std::optional<int> parse(QCommandLineParser &parser, const Verb &verb, const Call &call, const QString &epilogue)
{
    parser.setApplicationDescription(Cli::tr(verb.summary));
    parser.addOption({{u"h"_s, u"help"_s}, Cli::tr("Show this.")});
    if (!parser.parse(QStringList{QString()} + call.arguments) && !parser.isSet(u"help"_s))
        return failUsage(call, verb, parser.errorText());
    if (!parser.isSet(u"help"_s))
        return std::nullopt;
    call.out << helpOf(parser, verb);
    if (!epilogue.isEmpty())
        call.out << '\n' << epilogue;
    return kSuccess;
}

int fail(const Call &call, const QString &subject, const QString &message)
{
    call.err << "blockscope: " << subject << ": " << message << '\n';
    return kBadInput;
}

int fail(const Call &call, const QString &file, const Error &error)
{
    const QString what = QString::fromStdString(error.what);
    if (error.where.empty() || error.where == file.toStdString())
        return fail(call, file, what);
    return fail(call, file, QString::fromStdString(error.where) + u": "_s + what);
}

int failUsage(const Call &call, const Verb &verb, const QString &message)
{
    const QString name = QString::fromLatin1(verb.name);
    fail(call, name, message);
    call.err << Cli::tr("Try “blockscope %1 --help”.").arg(name) << '\n';
    return kBadInput;
}

} // namespace blockscope::app
