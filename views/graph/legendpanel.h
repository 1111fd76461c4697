// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// What the colours and signs of the graph mean: the legend of the pictures that are exported, for what is in the graph
/// now. Its groups stand side by side where the panel is wider than high.
///
/// Ownership: the scene must outlive it. Thread: GUI.

#include "views/graph/picture.h"

#include <QScrollArea>
#include <QTimer>

namespace blockscope::views {

class GraphScene;

class LegendPanel : public QScrollArea
{
    Q_OBJECT

public:
    explicit LegendPanel(const GraphScene &scene, QWidget *parent = nullptr);

    /// The faces that the legend shown now explains.
    [[nodiscard]] const Picture &explained() const { return m_picture; }

protected:
    void showEvent(QShowEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    class Sheet;

    void update();
    void place();

    const GraphScene &m_scene;
    Sheet *m_sheet; // owned by the scroll area
    Picture m_picture;
    QTimer m_delay;
};

} // namespace blockscope::views
