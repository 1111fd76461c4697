// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// The figures at the right end of the status bar: nodes, running jobs, the
/// clock, the zoom.

#include "views/session/session.h"

#include <QLabel>

namespace blockscope::app {

class StatusLine : public QLabel
{
    Q_OBJECT

public:
    explicit StatusLine(const views::Session &session, QWidget *parent = nullptr);

    void setZoom(double zoom);

private:
    void count();
    void update();

    const views::Session &m_session;
    int m_nodes = 0;
    double m_zoom = 1;
};

} // namespace blockscope::app
