// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "views/why/whypanel.h"

#include "views/why/explanationview.h"
#include "views/why/remedyfinder.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QScrollArea>

#include <algorithm>
#include <cassert>
#include <span>
#include <utility>

using namespace Qt::StringLiterals;

namespace blockscope::views {

namespace {

// Only what the claims decide can be asked once more: a lock, or an access that was stopped, is seen when it is done.
bool isRefusedByPolicy(const World &world, const QmpCommand &request)
{
    const Result<Decision> decision = decide(world, request, world.policy);
    return decision && !decision->verdict.isAllowed();
}

// What somebody asked for. Of the controls, acquire is one, and is seen only where it was refused.
bool isAsked(const RecordedEvent &recorded)
{
    return std::holds_alternative<QmpCommand>(recorded.event) || recorded.outcome.kind == Outcome::Kind::Refused;
}

// A decision can change when a job, the VM or the graph does, not while data is copied.
bool mayMatter(const Delta &delta)
{
    return delta.isTopologyChanged || delta.isRunStateChanged || delta.isPolicyChanged || delta.areSwitchesChanged ||
           !delta.jobs.empty();
}

} // namespace

WhyPanel::WhyPanel(Session &session, QWidget *parent)
    : QDockWidget(tr("Why"), parent), m_session(session), m_before(session.world()), m_now(session.world()),
      m_view(new ExplanationView(this)), m_finder(new RemedyFinder(this))
{
    setObjectName(u"why"_s);
    auto *scroller = new QScrollArea(this); // on a small screen a long explanation must not make the window taller
    scroller->setWidgetResizable(true);
    scroller->setFrameShape(QFrame::NoFrame);
    scroller->setFocusPolicy(Qt::NoFocus);
    scroller->setWidget(m_view);
    setWidget(scroller);
    connect(&session, &Session::submitted, this, &WhyPanel::onSubmitted);
    connect(&session, &Session::worldChanged, this, &WhyPanel::onWorldChanged);
    connect(&session, &Session::worldReset, this, &WhyPanel::onWorldReset);
    connect(m_view, &ExplanationView::reasonSelected, this, &WhyPanel::highlight);
    connect(m_view, &ExplanationView::remedyChosen, this, &WhyPanel::carryOut);
    connect(m_view, &ExplanationView::askedAgain, this, [this] {
        if (const auto request = m_refused)
            m_session.submit(*request);
    });
    connect(m_view, &ExplanationView::pasteAsked, this, &WhyPanel::pasteErrorText);
    connect(m_finder, &RemedyFinder::found, m_view, &ExplanationView::setRemedies);
}

WhyPanel::~WhyPanel() = default;

const blockscope::Explanation &WhyPanel::explanation() const
{
    return m_view->explanation();
}

void WhyPanel::ask(const QmpCommand &request)
{
    const Result<Decision> decision = m_session.decide(request);
    const bool isRefused = decision && !decision->verdict.isAllowed();
    m_refused = isRefused ? std::optional(request) : std::nullopt;
    display(explain(m_session.world(), request, decision));
}

void WhyPanel::diagnose(const QString &errorText)
{
    m_refused.reset();
    m_finder->forget();
    const Diagnosis found = blockscope::diagnose(m_session.world(), errorText);
    m_view->setDiagnosis(found);
    Highlight highlight;
    for (const Party &party : found.parties) {
        if (party.node)
            highlight.nodes.push_back(*party.node);
        if (party.holder)
            highlight.holders.push_back(*party.holder);
    }
    m_session.setHighlight(highlight);
}

void WhyPanel::pasteErrorText()
{
    diagnose(QGuiApplication::clipboard()->text());
    show();
    raise();
}

void WhyPanel::present(const World &before, const RecordedEvent &recorded)
{
    const auto *request = std::get_if<QmpCommand>(&recorded.event);
    const bool isRefused =
        recorded.outcome.kind == Outcome::Kind::Refused && request != nullptr && isRefusedByPolicy(before, *request);
    m_refused = isRefused ? std::optional(*request) : std::nullopt;
    display(explain(before, recorded.event, recorded.outcome));
}

void WhyPanel::presentAgain(std::size_t row)
{
    presentRow(row);
    show();
    raise();
}

void WhyPanel::presentRow(std::size_t row)
{
    const std::vector<RecordedEvent> &log = m_session.log();
    assert(row < log.size());
    present(replay(m_session.initialWorld(), std::span(log).first(row)), log[row]);
    m_view->refreshActivity(m_session.world());
}

void WhyPanel::onSubmitted(const RecordedEvent &recorded)
{
    if (recorded.outcome.kind == Outcome::Kind::Allowed) {
        // A step or a pause is nothing that anybody could have objected to: what is shown stays.
        const blockscope::Explanation why = explain(m_before, recorded.event, recorded.outcome);
        if (why.reasons.empty())
            return;
        m_refused.reset();
        display(why);
        return;
    }
    present(m_session.world(), recorded);
    show();
    raise();
    Q_EMIT attentionWanted();
}

void WhyPanel::display(blockscope::Explanation explanation)
{
    m_finder->forget();
    m_view->setExplanation(std::move(explanation));
    if (!m_refused)
        return;
    const bool isAllowed = isAllowedNow(); // what is shown again may be long past
    m_view->setAllowedNow(isAllowed);
    if (isAllowed)
        return;
    m_view->setSearching();
    m_finder->find(m_session.world(), *m_refused);
}

void WhyPanel::onWorldChanged(const Delta &delta)
{
    m_before = std::exchange(m_now, m_session.world());
    if (m_view->isEmpty() || !mayMatter(delta))
        return;
    m_view->refreshActivity(m_now);
    if (!m_refused)
        return;
    const bool isAllowed = isAllowedNow();
    if (isAllowed)
        m_finder->forget();
    m_view->setAllowedNow(isAllowed);
}

bool WhyPanel::isAllowedNow() const
{
    const Result<Decision> decision = m_session.decide(*m_refused);
    return decision && decision->verdict.isAllowed();
}

void WhyPanel::onWorldReset()
{
    m_before = m_now = m_session.world();
    // What was asked last is shown, as it would be had nothing been undone, or opened.
    const std::vector<RecordedEvent> &log = m_session.log();
    const auto last = std::find_if(log.rbegin(), log.rend(), isAsked);
    if (last != log.rend() && last->outcome.kind == Outcome::Kind::Refused) {
        presentRow(static_cast<std::size_t>(log.rend() - last) - 1);
        return;
    }
    m_refused.reset();
    m_finder->forget();
    m_view->clear();
}

void WhyPanel::highlight(int row)
{
    Highlight highlight;
    if (row >= 0) {
        const ReasonText &reason = m_view->explanation().reasons[static_cast<std::size_t>(row)];
        highlight.nodes = {reason.node};
        if (reason.holder)
            highlight.holders = {*reason.holder};
    }
    m_session.setHighlight(highlight);
}

void WhyPanel::carryOut(const Remedy &remedy)
{
    for (const Event &event : remedy.events) {
        if (m_session.submit(event).kind != Outcome::Kind::Allowed)
            return;
    }
}

} // namespace blockscope::views
