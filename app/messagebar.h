// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// Messages that do not stop anybody: a bar above the graph, until it is closed
/// or another message takes its place.

#include <QFrame>

#include <functional>

class QLabel;
class QPushButton;

namespace blockscope::app {

class MessageBar : public QFrame
{
    Q_OBJECT

public:
    enum class Kind : std::uint8_t { Information, Warning };

    explicit MessageBar(QWidget *parent = nullptr);

    /// \a title is one sentence; \a text may be longer or empty. Both are plain text.
    void show(Kind kind, const QString &title, const QString &text = {});
    /// Adds a button to the message that is shown.
    void setAction(const QString &text, std::function<void()> action);
    void dismiss();
    [[nodiscard]] QString text() const;

protected:
    void changeEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    void applyColors();

    Kind m_kind = Kind::Information;
    QLabel *m_icon;
    QLabel *m_title;
    QLabel *m_text;
    QPushButton *m_button;
    std::function<void()> m_action;
};

} // namespace blockscope::app
