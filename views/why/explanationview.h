// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// Shows one explanation: the headline, its reasons as a list, the selected one
/// in full, what would help as buttons, and the two ways of copying it. Without
/// one it says how to get one.

#include "engine/text/diagnosis.h"
#include "engine/text/explain.h"

#include <QWidget>

class QLabel;
class QListView;
class QPushButton;
class QStackedLayout;
class QVBoxLayout;

namespace blockscope::views {

class ReasonModel;

class ExplanationView : public QWidget
{
    Q_OBJECT

public:
    explicit ExplanationView(QWidget *parent = nullptr);

    /// Shows \a explanation and selects its first reason.
    void setExplanation(blockscope::Explanation explanation);
    /// Shows what an error text of QEMU means, in place of an explanation.
    void setDiagnosis(const Diagnosis &diagnosis);
    /// Back to the empty state.
    void clear();
    [[nodiscard]] const blockscope::Explanation &explanation() const { return m_explanation; }
    [[nodiscard]] bool isEmpty() const { return m_explanation.headline.isEmpty(); }

    /// Says that remedies are being looked for.
    void setSearching();
    void setRemedies(std::vector<RemedyText> remedies);
    /// Offers to ask again, because it would be allowed now.
    void setAllowedNow(bool isAllowedNow);
    /// What the holders are doing now, on a later state of the same World.
    void refreshActivity(const World &world);

Q_SIGNALS:
    /// \a row is -1 when no reason is selected.
    void reasonSelected(int row);
    void remedyChosen(const blockscope::Remedy &remedy);
    void askedAgain();
    void pasteAsked();

protected:
    void changeEvent(QEvent *event) override;

private:
    QWidget *makeEmptyPage();
    QWidget *makePage();
    QWidget *makeCopyRow();
    void showVerdict();
    void showAnswers();
    void showDetail();
    void showRemedies();
    void setRemediesVisible(bool isVisible);

    blockscope::Explanation m_explanation;
    ReasonModel *m_model;
    QStackedLayout *m_pages;
    QLabel *m_verdict = nullptr;
    QLabel *m_headline = nullptr;
    QLabel *m_note = nullptr;
    QListView *m_reasons = nullptr;
    QLabel *m_detail = nullptr;
    QLabel *m_answersTitle = nullptr;
    QLabel *m_answers = nullptr;
    QPushButton *m_again = nullptr;
    QLabel *m_helpTitle = nullptr;
    QVBoxLayout *m_help = nullptr;
};

} // namespace blockscope::views
