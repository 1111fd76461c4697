// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "views/graph/legendpanel.h"

#include "views/graph/drawlegend.h"
#include "views/graph/graphscene.h"

#include <QPainter>

namespace blockscope::views {
namespace {

constexpr int kMargin = 8;
constexpr int kDelay = 100; // milliseconds; jobs change faces faster than anybody reads a legend

} // namespace

class LegendPanel::Sheet : public QWidget
{
public:
    Sheet(const GraphScene &scene, const Picture &picture) : m_scene(scene), m_picture(picture) {}

    void place(bool isSideBySide)
    {
        m_isSideBySide = isSideBySide;
        resize((legendSize(m_picture, isSideBySide) + QSizeF(2 * kMargin, 2 * kMargin)).toSize());
        update();
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        const SceneLook &look = m_scene.look();
        PainterCanvas canvas(painter, look.fonts);
        drawLegend(canvas, {kMargin, kMargin}, m_picture, m_isSideBySide, look.theme);
    }

private:
    const GraphScene &m_scene;
    const Picture &m_picture;
    bool m_isSideBySide = false;
};

LegendPanel::LegendPanel(const GraphScene &scene, QWidget *parent)
    : QScrollArea(parent), m_scene(scene), m_sheet(new Sheet(scene, m_picture))
{
    setAccessibleName(tr("Legend"));
    setFrameShape(QFrame::NoFrame);
    setWidget(m_sheet);
    m_delay.setSingleShot(true);
    m_delay.setInterval(kDelay);
    connect(&m_delay, &QTimer::timeout, this, &LegendPanel::update);
    const auto updateSoon = [this] {
        if (isVisible() && !m_delay.isActive())
            m_delay.start();
    };
    connect(&scene, &GraphScene::arranged, this, updateSoon);
    connect(&scene, &GraphScene::facesChanged, this, updateSoon);
}

void LegendPanel::showEvent(QShowEvent *event)
{
    update();
    QScrollArea::showEvent(event);
}

void LegendPanel::resizeEvent(QResizeEvent *event)
{
    QScrollArea::resizeEvent(event);
    place();
}

void LegendPanel::update()
{
    m_picture = m_scene.faces();
    QPalette colours = palette();
    colours.setColor(QPalette::Window, QColor(m_scene.look().theme.canvas));
    viewport()->setPalette(colours);
    place();
}

void LegendPanel::place()
{
    m_sheet->place(width() > height());
}

} // namespace blockscope::views
