// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// The small form for the arguments that an operation still needs. It says at
/// every change what would come of it. It starts nothing: accepted() and
/// request() do, whoever opened it.
///
/// It is not modal: the graph can be looked at, and nodes picked in it. While
/// it is open the nodes that would be affected are lit up in the graph.
///
/// Ownership: the session must outlive it. Thread: GUI.

#include "engine/text/offer.h"
#include "views/session/session.h"

#include <QDialog>
#include <QTimer>

#include <vector>

class QDialogButtonBox;
class QFormLayout;
class QLabel;
class QListWidget;
class QPushButton;
class QScrollArea;
class QToolButton;

namespace blockscope::views {

class ArgumentField;

class ArgumentForm : public QDialog
{
    Q_OBJECT

public:
    /// \a arguments are filled in.
    ArgumentForm(Session &session, const Operation &operation, const Object &arguments, QWidget *parent);
    ~ArgumentForm() override;

    /// As it would be sent now, with the claims that it shall forget.
    [[nodiscard]] QmpCommand request() const;
    [[nodiscard]] Offer::Kind verdict() const { return m_verdict; }
    /// What the form says of it, one line.
    [[nodiscard]] QString verdictText() const;
    /// Null when there is no such argument.
    [[nodiscard]] ArgumentField *field(std::string_view name) const;
    /// The roles whose claims can be forgotten, to be checked; empty while the request is not valid.
    [[nodiscard]] QListWidget &forgettable() const { return *m_forget; }
    /// Puts the cursor where something is missing.
    void focusFirstMissing();

private:
    void addFields(const Object &arguments);
    void addField(const Parameter &parameter, const Object &arguments, QFormLayout *layout);
    void addAdvanced();
    /// Lets \a button open and close \a part.
    void makeToggle(QToolButton &button, QWidget &part, const QString &text);
    void refreshCandidates();
    /// Shows the roles of the plan, those checked that were.
    void showRoles(const QmpCommand &asked);
    [[nodiscard]] std::vector<std::string> forgotten() const;
    void judgeLater();
    void judgeNow();
    [[nodiscard]] QString otherAnswers(const QmpCommand &asked) const;
    void tell(Offer::Kind kind, const QString &text);
    void lightUp(const Decision *decision);
    void togglePicking(ArgumentField *field, bool isPicking);
    void takePick();

    Session &m_session;
    const Operation &m_operation;
    std::vector<ArgumentField *> m_fields;
    QFormLayout *m_main;
    QScrollArea *m_more; // many arguments, small screens
    QToolButton *m_moreButton;
    QWidget *m_advanced;
    QToolButton *m_advancedButton;
    QListWidget *m_forget;
    QLabel *m_icon;
    QLabel *m_text;
    QPushButton *m_start = nullptr;
    QTimer m_judge;
    Offer::Kind m_verdict = Offer::Kind::Invalid;
    Selection m_selectionBefore;
    bool m_isRestoring = false;
};

/// True when \a operation has more to choose than the node that it is dropped on.
[[nodiscard]] bool needsForm(const Operation &operation);

} // namespace blockscope::views
