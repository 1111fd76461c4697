// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "app/translation.h"

#include <QCoreApplication>
#include <QLocale>
#include <QTranslator>

using namespace Qt::StringLiterals;

namespace blockscope::app {

void installTranslation()
{
    // English is the language of the sources, but its counted sentences (%n) need their forms.
    for (const QLocale &locale : {QLocale(QLocale::English), QLocale()}) {
        auto *translator = new QTranslator(QCoreApplication::instance());
        if (translator->load(locale, u"blockscope"_s, u"_"_s, u":/i18n"_s))
            QCoreApplication::installTranslator(translator);
    }
}

} // namespace blockscope::app
