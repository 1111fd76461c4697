// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "views/graph/dropguide.h"

#include "engine/text/answers.h"
#include "views/graph/facebuilder.h"

namespace blockscope::views {
namespace {

QString nameOf(const Operation &operation)
{
    return QString::fromUtf8(operation.name.data(), static_cast<qsizetype>(operation.name.size()));
}

} // namespace

DropGuide::DropGuide(const Session &session, GraphScene &scene, QWidget *viewport)
    : m_session(session), m_scene(scene), m_verdicts(session), m_hint(scene.look(), viewport)
{
    connect(&m_verdicts, &DropVerdicts::judged, this, &DropGuide::takeJudged);
    connect(&session, &Session::worldReset, this, &DropGuide::end);
}

void DropGuide::begin(const Operation &operation, const std::vector<NodeId> &nodes)
{
    end();
    m_verdicts.start(operation, operation.dropParameter.empty() ? std::vector<NodeId>() : nodes);
}

void DropGuide::end()
{
    m_verdicts.stop();
    m_hint.hide();
    m_marks.clear();
    m_clashes.clear();
    m_hovered.reset();
    m_others.clear();
    Q_EMIT marksChanged();
}

bool DropGuide::hover(std::optional<NodeId> node, QPoint place)
{
    if (operation() == nullptr)
        return false;
    m_place = place;
    if (node != m_hovered) {
        m_hovered = node;
        m_clashes.clear();
        if (node && !operation()->dropParameter.empty())
            m_clashes = clashesOf(m_verdicts.offer(*node).verdict);
        askOthers();
        Q_EMIT marksChanged();
    }
    return describe(place);
}

void DropGuide::askOthers()
{
    m_others.clear();
    if (!m_hovered || operation()->dropParameter.empty())
        return;
    const Offer &offer = m_verdicts.offer(*m_hovered);
    if (offer.kind == Offer::Kind::Allowed || offer.kind == Offer::Kind::Refused)
        m_others = otherAnswerLines(m_session.world(), offer.judged);
}

bool DropGuide::describe(QPoint place)
{
    const QString name = nameOf(*operation());
    const bool isAnywhere = operation()->dropParameter.empty();
    if (!isAnywhere && !m_hovered) {
        m_hint.showAt(place, name, tr("Drop it on a node."), DragVerdict::None);
        return false;
    }
    const Offer offer =
        isAnywhere ? judge(m_session.world(), {std::string(operation()->name), {}}) : m_verdicts.offer(*m_hovered);
    const QString title =
        isAnywhere ? name : tr("%1 on %2").arg(name, printable(nodeTitle(m_session.world().node(*m_hovered))));
    const QString missing = offer.missing.empty()
                                ? QString()
                                : tr("Choose %1 after the drop.").arg(QString::fromStdString(offer.missing.front()));
    switch (offer.kind) {
    case Offer::Kind::Allowed:
        m_hint.showAt(place, title, missing.isEmpty() ? tr("Allowed") : tr("Allowed. %1").arg(missing),
                      DragVerdict::Granted, m_others);
        return true;
    case Offer::Kind::Refused:
        m_hint.showAt(place, title, tr("Refused: %1").arg(offer.reason), DragVerdict::Refused, m_others);
        return true;
    case Offer::Kind::Incomplete:
        m_hint.showAt(place, title, missing, DragVerdict::None);
        return true;
    case Offer::Kind::Invalid:
        break;
    }
    m_hint.showAt(place, title, tr("Not applicable: %1").arg(offer.reason), DragVerdict::None);
    return false;
}

void DropGuide::takeJudged(const std::vector<NodeId> &nodes)
{
    std::map<NodeId, NodeMark> fresh;
    for (NodeId id : nodes)
        fresh[id] = DropVerdicts::markOf(m_verdicts.offer(id));
    for (const auto &[id, mark] : fresh)
        m_marks[id] = mark;
    m_scene.addVerdicts(fresh);
    if (m_hint.isVisible() && m_hovered && fresh.contains(*m_hovered)) {
        askOthers();
        describe(m_place);
    }
}

void DropGuide::addTo(Marks &marks) const
{
    marks.verdicts = m_marks;
    marks.clashes = m_clashes;
}

} // namespace blockscope::views
