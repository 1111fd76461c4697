// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "views/palette/operationlauncher.h"

#include "engine/operations/catalogue.h"
#include "views/common/onscreen.h"
#include "views/common/textmetrics.h"
#include "views/common/verdicticon.h"
#include "views/palette/argumentform.h"
#include "views/palette/operationtext.h"

#include <QMenu>
#include <QWidget>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace blockscope::views {
namespace {

constexpr qsizetype kVerdictLength = 44; // a menu as wide as the screen helps nobody

QString verdictWord(Offer::Kind kind)
{
    switch (kind) {
    case Offer::Kind::Allowed:
        return OperationLauncher::tr("allowed");
    case Offer::Kind::Refused:
        return OperationLauncher::tr("refused");
    case Offer::Kind::Incomplete:
        return OperationLauncher::tr("to be completed");
    case Offer::Kind::Invalid:
        break;
    }
    return OperationLauncher::tr("not applicable");
}

QString shortened(const QString &sentence)
{
    return sentence.size() <= kVerdictLength ? sentence : sentence.first(kVerdictLength - 1).trimmed() + u'…';
}

/// "refused: commit c0 is overwriting base".
QString verdictLine(const Offer &offer)
{
    const QString reason = printable(offer.reason);
    //: %1 is a verdict, %2 the reason for it
    return reason.isEmpty() ? verdictWord(offer.kind)
                            : OperationLauncher::tr("%1: %2").arg(verdictWord(offer.kind), reason);
}

// A menu takes & for a mnemonic, and what follows a tab for a column of its own.
QString menuText(QString text)
{
    return text.replace(u'&', QStringLiteral("&&")).replace(u'\t', u' ');
}

} // namespace

OperationLauncher::OperationLauncher(Session &session, QWidget *window)
    : QObject(window), m_session(session), m_window(window)
{
}

Offer OperationLauncher::offerFor(const Operation &operation, std::optional<NodeId> node,
                                  std::span<const NodeId> spare) const
{
    if (node && !operation.dropParameter.empty())
        return offerOn(m_session.world(), operation, *node, spare);
    return judge(m_session.world(), {std::string(operation.name), {}});
}

void OperationLauncher::launch(const QString &name, NodeId node, QPoint place)
{
    const Operation *operation = findOperation(name.toStdString());
    const World &world = m_session.world();
    const bool isGone = node.isValid() && (node.value >= world.graph.nodeCount() || !world.node(node).isOpen);
    if (operation == nullptr || isGone)
        return;
    const std::optional<NodeId> target = node.isValid() ? std::optional(node) : std::nullopt;
    const Offer offer = offerFor(*operation, target, spareNodes(world));
    const bool isComplete = offer.missing.empty();
    const bool isAsked = offer.kind == Offer::Kind::Refused ||
                         (offer.kind == Offer::Kind::Allowed && !needsForm(*operation)) ||
                         operation->parameters.empty();
    if (isComplete && isAsked)
        m_session.submit(
            QmpCommand{std::string(operation->name), offer.arguments, {}, hostFor(world, *operation, offer.arguments)});
    else
        openForm(*operation, offer.arguments, place);
}

void OperationLauncher::openForm(const Operation &operation, const Object &arguments, QPoint place)
{
    if (m_form != nullptr)
        m_form->reject();
    auto *form = new ArgumentForm(m_session, operation, arguments, m_window);
    m_form = form;
    connect(form, &QDialog::accepted, this, [this, form] {
        // The highlight of the form must not outlive what the refusal lights up.
        const QmpCommand request = form->request();
        m_session.setHighlight({});
        m_session.submit(request);
    });
    form->adjustSize();
    moveOnScreen(*form, place + QPoint(12, 12));
    form->show();
    form->focusFirstMissing();
}

void OperationLauncher::addOperations(QMenu &menu, std::optional<NodeId> node, QPoint place)
{
    const std::vector<NodeId> spare = spareNodes(m_session.world());
    const bool isLong = operations().size() > kMostInOneList;
    for (const FamilyOfOperations &family : families()) {
        QMenu *list = &menu;
        if (isLong) {
            list = menu.addMenu(familyIcon(family.family), QString());
            list->setToolTipsVisible(true);
        } else {
            menu.addSection(familyName(family.family));
        }
        int usable = 0;
        for (const Operation *operation : family.operations) {
            const Offer::Kind kind = addOperation(*list, *operation, node, spare, place);
            usable += kind == Offer::Kind::Allowed || kind == Offer::Kind::Incomplete ? 1 : 0;
        }
        if (isLong)
            //: %1 is a family of operations, %2 how many of them may start
            list->setTitle(node ? tr("%1\t%2").arg(familyName(family.family)).arg(usable) : familyName(family.family));
    }
}

Offer::Kind OperationLauncher::addOperation(QMenu &menu, const Operation &operation, std::optional<NodeId> node,
                                            std::span<const NodeId> spare, QPoint place)
{
    const Offer offer = offerFor(operation, node, spare);
    const bool opensForm = offer.kind != Offer::Kind::Refused && needsForm(operation);
    const QString title = opensForm ? tr("%1…").arg(nameOf(operation)) : nameOf(operation);
    const bool isJudged = node || operation.dropParameter.empty();
    const QString verdict = verdictLine(offer);
    QAction *action =
        menu.addAction(isJudged ? menuText(title) + u'\t' + menuText(shortened(verdict)) : menuText(title));
    action->setIcon(isJudged ? verdictIcon(offer.kind, menu.palette()) : iconOf(operation));
    action->setToolTip(isJudged ? tipOf(operation) + u'\n' + verdict : tipOf(operation));
    action->setStatusTip(descriptionOf(operation));
    action->setEnabled(!isJudged || offer.kind != Offer::Kind::Invalid);
    connect(action, &QAction::triggered, this,
            [this, &operation, node, place] { launch(nameOf(operation), node.value_or(NodeId()), place); });
    return offer.kind;
}

} // namespace blockscope::views
