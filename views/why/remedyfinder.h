// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// Looks for remedies on a worker, on a copy of the World. The newest request
/// wins; the destructor waits for the one under way.

#include "engine/text/explain.h"

#include <QFutureWatcher>
#include <QObject>

#include <optional>

namespace blockscope::views {

class RemedyFinder : public QObject
{
    Q_OBJECT

public:
    explicit RemedyFinder(QObject *parent = nullptr);
    ~RemedyFinder() override;

    void find(World world, QmpCommand request);
    /// Nothing that is under way will be found any more.
    void forget();
    [[nodiscard]] bool isSearching() const { return m_isWanted; }

Q_SIGNALS:
    void found(const std::vector<blockscope::RemedyText> &remedies);

private:
    struct Question
    {
        World world;
        QmpCommand request;
    };
    void start(Question question);
    void finish();

    QFutureWatcher<std::vector<RemedyText>> m_watcher;
    std::optional<Question> m_next;
    bool m_isWanted = false;
};

} // namespace blockscope::views
