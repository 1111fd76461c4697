// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// The field that finds a node by a part of its name while one types. It knows
/// no graph: it asks, and shows what it is told.
///
/// Thread: GUI.

#include <QFrame>

class QLabel;
class QLineEdit;
class QToolButton;

namespace blockscope::views {

class FindBar : public QFrame
{
    Q_OBJECT

public:
    explicit FindBar(QWidget *parent);

    [[nodiscard]] QString text() const;
    /// Shows the bar with its text marked, ready to be typed over.
    void open();
    void close();
    /// "2 of 5"; \a current counts from 1, 0 for none. \a total 0: not found.
    void showResult(int current, int total);

Q_SIGNALS:
    void textEdited(const QString &text);
    void nextRequested();
    void previousRequested();
    void closed(); ///< it is about to: who opened it takes the focus back

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    QLineEdit *m_edit;
    QLabel *m_result;
    QToolButton *m_previous;
    QToolButton *m_next;
};

} // namespace blockscope::views
