// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "app/appearance.h"

#include "views/common/theme.h"

#include <QApplication>
#include <QPalette>
#include <QProxyStyle>
#include <QToolTip>

using namespace Qt::StringLiterals;

namespace blockscope::app {

namespace {

/// Without the icons in dialog buttons that Qt brings: they fit no theme of ours.
class PlainButtonStyle : public QProxyStyle
{
public:
    using QProxyStyle::QProxyStyle;

    int styleHint(StyleHint hint, const QStyleOption *option, const QWidget *widget,
                  QStyleHintReturn *data) const override
    {
        return hint == SH_DialogButtonBox_ButtonsHaveIcons ? 0 : QProxyStyle::styleHint(hint, option, widget, data);
    }
};

views::ThemeKind kindOf(ThemeChoice choice)
{
    switch (choice) {
    case ThemeChoice::Dark:
        return views::ThemeKind::Dark;
    case ThemeChoice::HighContrast:
        return views::ThemeKind::HighContrast;
    case ThemeChoice::System:
    case ThemeChoice::Light:
        break;
    }
    return views::ThemeKind::Light;
}

} // namespace

QString themeKey(ThemeChoice choice)
{
    switch (choice) {
    case ThemeChoice::System:
        return u"system"_s;
    case ThemeChoice::Light:
        return u"light"_s;
    case ThemeChoice::Dark:
        return u"dark"_s;
    case ThemeChoice::HighContrast:
        return u"high-contrast"_s;
    }
    return {};
}

QString themeName(ThemeChoice choice)
{
    switch (choice) {
    case ThemeChoice::System:
        return QCoreApplication::translate("Appearance", "As the &Desktop");
    case ThemeChoice::Light:
        return QCoreApplication::translate("Appearance", "&Light");
    case ThemeChoice::Dark:
        return QCoreApplication::translate("Appearance", "Dar&k");
    case ThemeChoice::HighContrast:
        return QCoreApplication::translate("Appearance", "&High Contrast");
    }
    return {};
}

QPalette paletteOf(const views::Theme &theme)
{
    const auto color = [](views::Rgb rgb) { return QColor::fromRgb(rgb); };
    QPalette palette(color(theme.text), color(theme.header), color(views::mixed(theme.header, theme.surface, 0.7)),
                     color(views::mixed(theme.header, theme.text, 0.45)), color(theme.outline), color(theme.text),
                     color(theme.surface), color(theme.surface), color(theme.header));
    palette.setColor(QPalette::Window, color(theme.header));
    palette.setColor(QPalette::Base, color(theme.surface));
    palette.setColor(QPalette::AlternateBase, color(theme.canvas));
    palette.setColor(QPalette::Text, color(theme.text));
    palette.setColor(QPalette::PlaceholderText, color(theme.textMuted));
    palette.setColor(QPalette::Highlight, color(theme.accent));
    palette.setColor(QPalette::HighlightedText, color(views::inkOn(theme.accent)));
    palette.setColor(QPalette::Link, color(views::readable(theme.accent, theme.surface, 4.5)));
    palette.setColor(QPalette::LinkVisited, color(theme.textMuted));
    palette.setColor(QPalette::ToolTipBase, color(theme.surface));
    palette.setColor(QPalette::ToolTipText, color(theme.text));
    const QColor disabled = color(views::mixed(theme.text, theme.header, 0.55));
    for (QPalette::ColorRole role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        palette.setColor(QPalette::Disabled, role, disabled);
    palette.setColor(QPalette::Disabled, QPalette::Highlight, color(theme.track));
    palette.setColor(QPalette::Disabled, QPalette::HighlightedText, disabled);
    return palette;
}

void applyTheme(ThemeChoice choice)
{
    // What the desktop chose, before we changed anything.
    static const QString desktopStyle = QApplication::style()->name();

    if (choice == ThemeChoice::System) {
        QApplication::setStyle(new PlainButtonStyle(desktopStyle));
        QApplication::setPalette(QPalette());
        return;
    }
    // Other styles take colours from elsewhere.
    QApplication::setStyle(new PlainButtonStyle(u"Fusion"_s));
    const QPalette palette = paletteOf(views::theme(kindOf(choice)));
    QApplication::setPalette(palette);
    QToolTip::setPalette(palette);
}

} // namespace blockscope::app
