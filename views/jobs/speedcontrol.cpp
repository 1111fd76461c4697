// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "views/jobs/speedcontrol.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QSignalBlocker>
#include <QSlider>

namespace blockscope::views {

namespace {

/// The stop at \a speed, or the nearest one.
int stopOf(Speed speed)
{
    const std::vector<Speed> &stops = SpeedControl::stops();
    if (speed.mode == Speed::Mode::Manual)
        return 0;
    std::size_t stop = 1;
    while (stop + 1 < stops.size() &&
           (speed.mode == Speed::Mode::Unlimited ||
            (stops[stop].stepsPerSecond < speed.stepsPerSecond && stops[stop + 1].mode == Speed::Mode::Limited)))
        ++stop;
    return static_cast<int>(stop);
}

} // namespace

const std::vector<Speed> &SpeedControl::stops()
{
    using Mode = Speed::Mode;
    static const std::vector<Speed> stops{
        {Mode::Manual, 1},   {Mode::Limited, 1},  {Mode::Limited, 2},  {Mode::Limited, 4},   {Mode::Limited, 8},
        {Mode::Limited, 16}, {Mode::Limited, 32}, {Mode::Limited, 64}, {Mode::Limited, 128}, {Mode::Unlimited, 1}};
    return stops;
}

QString SpeedControl::text(Speed speed)
{
    switch (speed.mode) {
    case Speed::Mode::Manual:
        return tr("Step by step");
    case Speed::Mode::Limited:
        return tr("%n step(s)/s", nullptr, speed.stepsPerSecond);
    case Speed::Mode::Unlimited:
        return tr("As fast as possible");
    }
    return {};
}

SpeedControl::SpeedControl(Session &session, QWidget *parent)
    : QWidget(parent), m_session(session), m_slider(new QSlider(Qt::Horizontal, this)), m_label(new QLabel(this))
{
    m_slider->setObjectName(QStringLiteral("speedSlider"));
    m_slider->setRange(0, static_cast<int>(stops().size()) - 1);
    m_slider->setPageStep(1);
    m_slider->setFixedWidth(112);
    m_slider->setAccessibleName(tr("Speed of jobs"));
    m_slider->setToolTip(tr("Speed of jobs"));
    m_slider->setWhatsThis(
        tr("How many steps each job makes in a second. At the left end jobs step only when told to."));

    int width = 0;
    for (Speed stop : stops())
        width = std::max(width, m_label->fontMetrics().horizontalAdvance(text(stop)));
    m_label->setMinimumWidth(width);

    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(8, 0, 8, 0);
    row->addWidget(m_slider);
    row->addWidget(m_label);

    connect(m_slider, &QSlider::valueChanged, this,
            [this](int stop) { m_session.setSpeed(stops().at(static_cast<std::size_t>(stop))); });
    connect(&session, &Session::runStateChanged, this, &SpeedControl::showSpeed);
    showSpeed();
}

void SpeedControl::showSpeed()
{
    const QSignalBlocker blocker(m_slider);
    m_slider->setValue(stopOf(m_session.speed()));
    m_label->setText(text(m_session.speed()));
}

} // namespace blockscope::views
