// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// The why panel: explains the last request that was decided, in a dock of its
/// own. On a refusal or an invalid request it shows itself.

#include "engine/text/explain.h"
#include "views/session/session.h"

#include <QDockWidget>

#include <optional>

namespace blockscope::views {

class ExplanationView;
class RemedyFinder;

class WhyPanel : public QDockWidget
{
    Q_OBJECT

public:
    /// \a session must outlive the panel.
    explicit WhyPanel(Session &session, QWidget *parent = nullptr);
    ~WhyPanel() override;

    /// Explains what the policy says of \a request now, without doing it.
    void ask(const QmpCommand &request);
    /// Explains \a recorded, which was asked of \a before.
    void present(const World &before, const RecordedEvent &recorded);
    /// Explains the event in \a row of the session's log once more, as of then, and shows itself.
    void presentAgain(std::size_t row);

    /// Explains the clipboard's text, an error of a real QEMU, on the present graph, lights up whom it names, and shows
    /// itself.
    void pasteErrorText();

    [[nodiscard]] const blockscope::Explanation &explanation() const;

Q_SIGNALS:
    /// Something was refused or invalid: the panel should be seen. It has shown and raised itself.
    void attentionWanted();

private:
    void diagnose(const QString &errorText);
    void onSubmitted(const RecordedEvent &recorded);
    void onWorldChanged(const Delta &delta);
    void onWorldReset();
    void presentRow(std::size_t row);
    void display(blockscope::Explanation explanation);
    [[nodiscard]] bool isAllowedNow() const; // REQUIRES: m_refused
    void highlight(int row);
    void carryOut(const Remedy &remedy);

    Session &m_session;
    World m_before; // one change behind the session: what the event was asked of
    World m_now;
    std::optional<QmpCommand> m_refused; // the refused request that is shown
    ExplanationView *m_view;
    RemedyFinder *m_finder;
};

} // namespace blockscope::views
