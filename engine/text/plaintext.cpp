// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "engine/text/explain.h"
#include "engine/text/names.h"

#include <QCoreApplication>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace blockscope {

namespace {

struct Report
{
    Q_DECLARE_TR_FUNCTIONS(Report)
};

/// How a report is written: what stands around headings, names and items.
struct Style
{
    QString (*heading)(const QString &);
    QString (*strong)(const QString &);
    QString (*plain)(const QString &);
    QString gap; ///< before a line that belongs to the item above
};

QString unchanged(const QString &text)
{
    return text;
}

QString escaped(const QString &text)
{
    static constexpr QStringView kSpecial = u"\\`*_{}[]<>#|~&$^!";
    QString result;
    for (QChar each : text) {
        const bool beginsList = result.isEmpty() && (each == u'-' || each == u'+');
        if (kSpecial.contains(each) || beginsList)
            result += u'\\';
        result += each == u'\n' || each == u'\r' ? QChar(u' ') : each;
    }
    return result;
}

const Style kPlain{unchanged, unchanged, unchanged, u"   "_s};
const Style kMarkdown{[](const QString &text) { return u"### "_s + escaped(text); },
                      [](const QString &text) { return u"**"_s + escaped(text) + u"**"_s; }, escaped, u"   "_s};

QString reasonTitle(const ReasonText &reason, const Style &style)
{
    QString title = style.strong(reason.nodeName);
    if (!reason.actions.isEmpty())
        title += u"  "_s + actionLetters(reason.actions);
    if (!reason.code.isEmpty())
        title += u"  "_s + reason.code;
    return title;
}

QString reasonBlock(const ReasonText &reason, qsizetype number, const Style &style)
{
    QStringList lines{QString::number(number) + u". "_s + reasonTitle(reason, style)};
    lines += style.gap + style.plain(reason.rule);
    if (reason.holder) {
        lines += style.gap + style.plain(Report::tr("Holder: %1, %2.").arg(reason.holderName, reason.sinceText));
        if (!reason.heldBecause.isEmpty())
            lines += style.gap + style.plain(reason.heldBecause);
        if (!reason.activity.isEmpty())
            lines += style.gap + style.plain(reason.activity);
    }
    return lines.join(u'\n');
}

QString reasonsTitle(const Explanation &explanation)
{
    const int count = static_cast<int>(explanation.reasons.size());
    if (explanation.kind == Outcome::Kind::Refused)
        return Report::tr("%n reason(s), by the rules of %1:", nullptr, count).arg(explanation.policy);
    return Report::tr("What was asked, by the rules of %1:").arg(explanation.policy);
}

QString answersBlock(const Explanation &explanation, const Style &style)
{
    QString block = style.plain(Report::tr("What each policy says:"));
    for (const QString &line : explanation.answers)
        block += u"\n- "_s + style.plain(line);
    return explanation.difference.isEmpty() ? block : block + u"\n\n"_s + style.plain(explanation.difference);
}

QString report(const Explanation &explanation, const Style &style)
{
    QStringList blocks{style.heading(explanation.headline)};
    if (explanation.kind == Outcome::Kind::Invalid) {
        blocks += style.plain(explanation.errorPlace) + u" ("_s + explanation.errorCode + u')';
        if (!explanation.errorAdvice.isEmpty())
            blocks += style.plain(explanation.errorAdvice);
    }
    if (!explanation.reasons.empty())
        blocks += style.plain(reasonsTitle(explanation));
    for (std::size_t i = 0; i < explanation.reasons.size(); ++i)
        blocks += reasonBlock(explanation.reasons[i], static_cast<qsizetype>(i) + 1, style);
    if (!explanation.answers.isEmpty())
        blocks += answersBlock(explanation, style);
    if (!explanation.remedies.empty())
        blocks += style.plain(Report::tr("Would help:"));
    for (const RemedyText &remedy : explanation.remedies)
        blocks += u"- "_s + style.strong(remedy.label) + u": "_s + style.plain(remedy.sentence);
    return blocks.join(u"\n\n"_s) + u'\n';
}

} // namespace

QStringList reasonLines(const Explanation &explanation)
{
    QStringList lines;
    for (const ReasonText &reason : explanation.reasons) {
        if (reason.code.isEmpty() || reason.actions.isEmpty())
            lines += Report::tr("%1: %2").arg(reason.nodeName, reason.rule);
        else
            lines += Report::tr("%1: %2 (%3), %4, %5")
                         .arg(reason.nodeName, actionLetters(reason.actions), reason.code, reason.holderName,
                              reason.sinceText);
    }
    return lines;
}

QString toPlainText(const Explanation &explanation)
{
    return report(explanation, kPlain);
}

QString toMarkdown(const Explanation &explanation)
{
    return report(explanation, kMarkdown);
}

} // namespace blockscope
