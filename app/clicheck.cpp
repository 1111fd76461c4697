// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "app/inputfile.h"
#include "engine/text/explain.h"
#include "engine/text/names.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace blockscope::app {

namespace {

/// Writes TAP (testanything.org), the plan last.
class Tap
{
public:
    explicit Tap(QTextStream &out) : m_out(out) {}

    void result(bool isOk, const QString &what)
    {
        m_hasFailed = m_hasFailed || !isOk;
        // A # would begin a directive.
        m_out << (isOk ? u"ok "_s : u"not ok "_s) << ++m_count << " - " << QString(what).replace(u'#', u"\\#"_s)
              << '\n';
    }
    void skip(const QString &what, const QString &why)
    {
        m_out << "ok " << ++m_count << " - " << QString(what).replace(u'#', u"\\#"_s) << " # SKIP " << why << '\n';
    }
    void note(const QString &line) { m_out << "# " << line << '\n'; }
    void plan() { m_out << "1.." << m_count << '\n'; }
    [[nodiscard]] bool hasFailed() const { return m_hasFailed; }

private:
    QTextStream &m_out;
    int m_count = 0;
    bool m_hasFailed = false;
};

std::vector<std::string> codesOf(const Outcome &outcome)
{
    std::vector<std::string> codes;
    for (const Reason &reason : outcome.verdict.reasons)
        codes.push_back(reason.code);
    if (outcome.error)
        codes.push_back(outcome.error->code);
    return codes;
}

/// What differs from what is expected; empty when nothing does.
QString difference(const Expectation &expected, const Outcome &outcome)
{
    if (expected.verdict && *expected.verdict != outcome.kind) {
        return Cli::tr("expected %1, came out %2")
            .arg(QLatin1StringView(toString(*expected.verdict)), QLatin1StringView(toString(outcome.kind)));
    }
    const std::vector<std::string> codes = codesOf(outcome);
    for (const std::string &code : expected.codes) {
        if (std::find(codes.begin(), codes.end(), code) == codes.end())
            return Cli::tr("expected the code %1, which is not among the reasons").arg(QString::fromStdString(code));
    }
    return {};
}

void checkEvent(Tap &tap, const QString &name, const World &before, const ScenarioEvent &event, const Outcome &outcome)
{
    const QString different = difference(*event.expected, outcome);
    tap.result(different.isEmpty(), name);
    if (different.isEmpty())
        return;
    tap.note(different);
    const Explanation why = explain(before, event.event, outcome);
    tap.note(why.headline);
    for (const QString &line : reasonLines(why) + why.answers)
        tap.note(line);
}

void checkScenario(Tap &tap, const QString &file, const Scenario &scenario)
{
    World world = scenario.world;
    bool hasExpectation = false;
    for (std::size_t i = 0; i < scenario.events.size(); ++i) {
        const ScenarioEvent &event = scenario.events[i];
        const World before = event.expected ? world : World();
        const Outcome outcome = blockscope::apply(world, event.event);
        if (!event.expected)
            continue;
        hasExpectation = true;
        const QString name = Cli::tr("%1: event %2, %3").arg(file, QString::number(i), eventLine(event.event));
        checkEvent(tap, name, before, event, outcome);
    }
    if (!hasExpectation)
        tap.skip(file, Cli::tr("it expects nothing"));
}

int run(const Call &call)
{
    QCommandLineParser parser;
    parser.addPositionalArgument(u"files"_s, Cli::tr("Scenarios with expectations."), u"FILE..."_s);
    const QString epilogue =
        Cli::tr("Plays the events of each file and compares what comes of them with “expect”:\n"
                "  \"expect\": \"refused\"\n"
                "  \"expect\": {\"verdict\": \"refused\", \"codes\": [\"NAC-R1\"]}\n"
                "Prints TAP. Events are counted from 0.\n"
                "Exit codes: 0 all is as expected, 1 something differs, 2 a file cannot be read.\n");
    if (const auto exit = parse(parser, kCheckVerb, call, epilogue))
        return *exit;
    const QStringList files = parser.positionalArguments();
    if (files.isEmpty())
        return failUsage(call, kCheckVerb, Cli::tr("At least one file is expected."));
    Tap tap(call.out);
    bool isReadable = true;
    for (const QString &file : files) {
        const Result<Scenario> scenario = readInput(file);
        if (scenario) {
            checkScenario(tap, file, *scenario);
            continue;
        }
        isReadable = false;
        tap.result(false, Cli::tr("%1: it can be read").arg(file));
        fail(call, file, scenario.error());
    }
    tap.plan();
    if (!isReadable)
        return kBadInput;
    return tap.hasFailed() ? kDifference : kSuccess;
}

} // namespace

const Verb kCheckVerb{"check", QT_TRANSLATE_NOOP("Cli", "Compares what comes of a file's events with what it expects."),
                      run};

} // namespace blockscope::app
