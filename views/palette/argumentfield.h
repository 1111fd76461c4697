// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// The editor of one argument of an operation: a field by the kind of its
/// parameter. Empty means that the argument is not given.
///
/// Thread: GUI.

#include "engine/operations/operation.h"
#include "engine/text/offer.h"

#include <QWidget>

#include <functional>
#include <optional>

class QComboBox;
class QLineEdit;
class QToolButton;

namespace blockscope::views {

class ArgumentField : public QWidget
{
    Q_OBJECT

public:
    /// What would come of it if \a value were given for this argument.
    using Judge = std::function<Offer(const Value &value)>;

    ArgumentField(const Parameter &parameter, QWidget *parent);

    [[nodiscard]] const Parameter &parameter() const { return m_parameter; }
    /// Nothing when empty, or when it cannot be read (see error()).
    [[nodiscard]] std::optional<Value> value() const;
    void setValue(const Value &value);
    /// What is wrong with the text itself; mostly empty.
    [[nodiscard]] QString error() const;

    /// For a field of a node: what can be chosen. Each time the list opens it shows what \a judge says of each name;
    /// those that make no sense are left out.
    void setCandidates(const QStringList &names, Judge judge);
    [[nodiscard]] bool takesNode() const;
    [[nodiscard]] bool isPicking() const;
    void endPicking();

Q_SIGNALS:
    void changed();
    /// The user wants to point at a node, or no longer.
    void pickingToggled(bool isPicking);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void addEdit();
    void addNodeChoice();
    void addChoice(const QStringList &choices, bool isEditable);
    void judgeCandidates();
    [[nodiscard]] QString text() const;

    const Parameter &m_parameter;
    QLineEdit *m_edit = nullptr;
    QComboBox *m_choice = nullptr;
    QToolButton *m_pick = nullptr;
    QStringList m_candidates;
    Judge m_judge;
};

} // namespace blockscope::views
