// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// How fast jobs run, from one step at a time to as fast as possible: a slider
/// with few stops and its value in words.

#include "views/session/session.h"

#include <QWidget>

class QLabel;
class QSlider;

namespace blockscope::views {

class SpeedControl : public QWidget
{
    Q_OBJECT

public:
    explicit SpeedControl(Session &session, QWidget *parent = nullptr);

    /// The stops of the slider, from slow to fast.
    [[nodiscard]] static const std::vector<Speed> &stops();
    [[nodiscard]] static QString text(Speed speed);

private:
    void showSpeed();

    Session &m_session;
    QSlider *m_slider;
    QLabel *m_label;
};

} // namespace blockscope::views
