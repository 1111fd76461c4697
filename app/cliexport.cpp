// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "app/inputfile.h"
#include "engine/files/dot.h"
#include "engine/files/file.h"
#include "engine/text/explain.h"
#include "views/export/exportpicture.h"
#include "views/graph/picturebuilder.h"

#include <QFileInfo>

using namespace Qt::StringLiterals;

namespace blockscope::app {

namespace {

struct Wish
{
    QString input;
    QString output;
    bool isExplained = false;
    views::ExportOptions options;
};

Error usage(const char *option, const QString &what)
{
    return {"ARG-OPTION", option, what.toStdString()};
}

std::optional<views::ThemeKind> themeFrom(const QString &name)
{
    if (name == "light"_L1)
        return views::ThemeKind::Light;
    if (name == "dark"_L1)
        return views::ThemeKind::Dark;
    if (name == "print"_L1)
        return views::ThemeKind::Print;
    return std::nullopt;
}

bool isDot(const QString &path)
{
    return path.endsWith(".dot"_L1, Qt::CaseInsensitive) || path.endsWith(".gv"_L1, Qt::CaseInsensitive);
}

Result<Wish> readWish(const QCommandLineParser &parser)
{
    Wish wish;
    wish.input = parser.positionalArguments().value(0);
    wish.output = parser.value(u"output"_s);
    wish.isExplained = parser.isSet(u"explain"_s);
    wish.options.legend = !parser.isSet(u"no-legend"_s);
    const auto theme = themeFrom(parser.value(u"theme"_s));
    if (!theme)
        return usage("--theme", Cli::tr("There are the themes light, dark and print."));
    wish.options.theme = *theme;
    bool isNumber = false;
    wish.options.scale = parser.value(u"scale"_s).toInt(&isNumber);
    if (!isNumber || wish.options.scale < 1 || wish.options.scale > 4)
        return usage("--scale", Cli::tr("A whole number from 1 to 4 is expected."));
    const auto format = views::pictureFormat(wish.output);
    if (!format && !isDot(wish.output))
        return usage("--output", Cli::tr("The name must end in .png, .svg, .pdf or .dot."));
    if (parser.isSet(u"scale"_s) && format != views::PictureFormat::Png)
        return usage("--scale", Cli::tr("Only a PNG has a scale; the other formats can be enlarged at will."));
    if (wish.isExplained && !format)
        return usage("--explain", Cli::tr("Only a picture has room for reasons; a .dot file is the graph alone."));
    wish.options.format = format.value_or(views::PictureFormat::Svg);
    return wish;
}

void addOptions(QCommandLineParser &parser)
{
    parser.addPositionalArgument(u"file"_s, Cli::tr("A scenario or a capture."), u"FILE"_s);
    parser.addOptions({
        {{u"o"_s, u"output"_s}, Cli::tr("Where to; the ending decides: .png, .svg, .pdf or .dot."), u"OUT"_s},
        atOption(),
        {u"theme"_s, Cli::tr("“light” (as without this), “dark” or “print”."), u"light|dark|print"_s, u"light"_s},
        {u"scale"_s, Cli::tr("How many times as large a PNG is, from 1 to 4."), u"S"_s, u"1"_s},
        {u"legend"_s, Cli::tr("With a legend (as without this).")},
        {u"no-legend"_s, Cli::tr("Without a legend.")},
        {u"explain"_s,
         Cli::tr("When the last event played was refused: with the reasons, and who is in the way lit up.")},
    });
}

QString title(const Scenario &scenario, const Wish &wish)
{
    return scenario.title.empty() ? QFileInfo(wish.input).completeBaseName() : QString::fromStdString(scenario.title);
}

views::PictureOptions pictureOptions(const Scenario &scenario, const Wish &wish, const std::optional<Played> &last)
{
    views::PictureOptions options;
    options.title =
        scenario.title.empty() ? QFileInfo(wish.input).completeBaseName() : QString::fromStdString(scenario.title);
    options.hasLegend = wish.options.legend;
    if (!wish.isExplained || !last || last->outcome.kind != Outcome::Kind::Refused)
        return options;
    const Explanation why = explain(last->before, last->event, last->outcome);
    options.refusal = views::Explanation{why.headline, reasonLines(why)};
    options.marks = views::marksOf(last->outcome.verdict, oneLine(last->before, last->outcome.verdict));
    return options;
}

int write(const Call &call, const Scenario &scenario, const Wish &wish, const std::optional<Played> &last)
{
    if (isDot(wish.output)) {
        const std::string text = writeDot(scenario.world, title(scenario, wish).toStdString());
        const std::optional<Error> error = writeFile(wish.output, QByteArray::fromStdString(text));
        return error ? fail(call, wish.output, *error) : kSuccess;
    }
    const views::Picture picture = views::buildPicture(scenario.world, pictureOptions(scenario, wish, last));
    const QString error = views::writeExport(wish.output, picture, wish.options);
    if (!error.isEmpty())
        return fail(call, wish.output, error);
    const QString advice = views::largePngAdvice(picture, wish.options);
    if (!advice.isEmpty())
        fail(call, wish.output, advice); // said, but it is written
    return kSuccess;
}

int run(const Call &call)
{
    QCommandLineParser parser;
    addOptions(parser);
    const QString epilogue =
        Cli::tr("The picture shows the graph after the file's events, and below it what broke until then; "
                "--at shows an earlier moment.\n"
                "Exit codes: 0 written, 2 bad input or it could not be written.\n");
    if (const auto exit = parse(parser, kExportVerb, call, epilogue))
        return *exit;
    if (parser.positionalArguments().size() != 1 || !parser.isSet(u"output"_s))
        return failUsage(call, kExportVerb, Cli::tr("One file and -o are expected."));
    const Result<Wish> wish = readWish(parser);
    if (!wish)
        return fail(call, u"export"_s, wish.error());
    Result<Scenario> scenario = readInput(wish->input);
    if (!scenario)
        return fail(call, wish->input, scenario.error());
    const Result<std::size_t> count = eventCount(parser, scenario->events.size());
    if (!count)
        return fail(call, u"export"_s, count.error());
    const std::optional<Played> last = play(scenario->world, scenario->events, *count);
    if (wish->isExplained && (!last || last->outcome.kind != Outcome::Kind::Refused))
        fail(call, wish->input, Cli::tr("The last event was not refused: there are no reasons to show."));
    return write(call, *scenario, *wish, last);
}

} // namespace

const Verb kExportVerb{"export", QT_TRANSLATE_NOOP("Cli", "Draws a graph as PNG, SVG, PDF or DOT."), run};

} // namespace blockscope::app
