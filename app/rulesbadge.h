// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// A button in the status bar that says which rules differ from those the program starts with, and opens the menu
/// that changes them. With the usual rules it is not there.
///
/// Ownership: all that is handed over must outlive it. Thread: GUI.

#include "app/ruleactions.h"

#include <QToolButton>

namespace blockscope::app {

class RulesBadge : public QToolButton
{
    Q_OBJECT

public:
    RulesBadge(const views::Session &session, const RuleActions &rules, QWidget *parent = nullptr);

private:
    void update();

    const views::Session &m_session;
};

/// "claims enforced, P1 off, 2 mistakes"; empty for the default switches.
[[nodiscard]] QString differencesText(SwitchSet switches);
/// The same with what each difference means, a line each.
[[nodiscard]] QString differencesDetail(SwitchSet switches);

} // namespace blockscope::app
