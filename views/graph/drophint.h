// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// The plate beside the pointer that says what would come of a drop here.
/// A child of the viewport: a window of its own cannot be placed everywhere.
///
/// Ownership: the look must outlive it. Thread: GUI.

#include "views/graph/faceitem.h"
#include "views/graph/picture.h"

#include <QStringList>
#include <QWidget>

namespace blockscope::views {

class DropHint : public QWidget
{
    Q_OBJECT

public:
    DropHint(const SceneLook &look, QWidget *viewport);

    /// Shows \a title in bold, and below it \a text and \a notes, one line each, beside \a place, the pointer's,
    /// inside the viewport and clear of what is dragged.
    void showAt(QPoint place, const QString &title, const QString &text, DragVerdict verdict,
                const QStringList &notes = {});
    [[nodiscard]] QString title() const { return m_title; }
    [[nodiscard]] QString text() const { return m_text; }
    [[nodiscard]] const QStringList &notes() const { return m_notes; }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    const SceneLook &m_look;
    QString m_title;
    QString m_text;
    QStringList m_notes;
    QStringList m_lines;
    DragVerdict m_verdict = DragVerdict::None;
};

} // namespace blockscope::views
