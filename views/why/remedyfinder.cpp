// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "views/why/remedyfinder.h"

#include <QtConcurrentRun>

#include <utility>

namespace blockscope::views {

RemedyFinder::RemedyFinder(QObject *parent) : QObject(parent)
{
    connect(&m_watcher, &QFutureWatcherBase::finished, this, &RemedyFinder::finish);
}

RemedyFinder::~RemedyFinder()
{
    m_watcher.disconnect(this);
    m_watcher.waitForFinished();
}

void RemedyFinder::find(World world, QmpCommand request)
{
    m_isWanted = true;
    Question question{std::move(world), std::move(request)};
    if (m_watcher.isRunning())
        m_next = std::move(question);
    else
        start(std::move(question));
}

void RemedyFinder::forget()
{
    m_next.reset();
    m_isWanted = false;
}

void RemedyFinder::start(Question question)
{
    m_watcher.setFuture(QtConcurrent::run([question = std::move(question)] {
        return remedyTexts(question.world, remedies(question.world, question.request));
    }));
}

void RemedyFinder::finish()
{
    if (m_next) {
        start(*std::exchange(m_next, std::nullopt));
        return;
    }
    if (std::exchange(m_isWanted, false))
        Q_EMIT found(m_watcher.result());
}

} // namespace blockscope::views
