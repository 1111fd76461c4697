// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "app/exportdialog.h"

#include "engine/files/file.h"

#include <QCheckBox>
#include <QComboBox>
#include <QCoreApplication>
#include <QDialogButtonBox>
#include <QFileDialog>
#include <QFileInfo>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QMessageBox>
#include <QPushButton>
#include <QSpinBox>
#include <QToolButton>
#include <QtConcurrentRun>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace blockscope::app {

namespace {

constexpr int kMostScale = 4;

struct Format
{
    const char *suffix;
    const char *name;
};

constexpr std::array kFormats{
    Format{"png", QT_TRANSLATE_NOOP("ExportDialog", "PNG, an image")},
    Format{"svg", QT_TRANSLATE_NOOP("ExportDialog", "SVG, a drawing with real text")},
    Format{"pdf", QT_TRANSLATE_NOOP("ExportDialog", "PDF, one page")},
    Format{"dot", QT_TRANSLATE_NOOP("ExportDialog", "DOT, for Graphviz")},
};

bool isDot(const QString &path)
{
    return QFileInfo(path).suffix().compare("dot"_L1, Qt::CaseInsensitive) == 0;
}

QString writeDotFile(const QString &path, const std::string &text)
{
    const auto error = writeFile(path, QByteArray::fromStdString(text));
    return error ? QString::fromStdString(error->what) : QString();
}

} // namespace

ExportDialog::ExportDialog(ExportSubject subject, const QString &path, QWidget *parent)
    : QDialog(parent), m_subject(std::move(subject)), m_format(new QComboBox(this)), m_path(new QLineEdit(path, this)),
      m_scale(new QSpinBox(this)), m_theme(new QComboBox(this)), m_title(new QCheckBox(tr("&Title"), this)),
      m_legend(new QCheckBox(tr("&Legend"), this)), m_explanations(new QCheckBox(tr("E&xplanations"), this)),
      m_advice(new QLabel(this)), m_error(new QLabel(this)),
      m_buttons(new QDialogButtonBox(QDialogButtonBox::Cancel, this))
{
    setWindowTitle(tr("Export Picture"));
    for (const Format &format : kFormats)
        m_format->addItem(QCoreApplication::translate("ExportDialog", format.name), QString::fromUtf8(format.suffix));
    const auto addTheme = [this](const QString &name, views::ThemeKind kind) {
        m_theme->addItem(name, QVariant::fromValue(static_cast<int>(kind)));
    };
    addTheme(tr("Light"), views::ThemeKind::Light);
    addTheme(tr("Print"), views::ThemeKind::Print);
    addTheme(tr("Dark"), views::ThemeKind::Dark);
    addTheme(tr("High contrast"), views::ThemeKind::HighContrast);
    m_scale->setRange(1, kMostScale);
    m_scale->setValue(2);
    m_scale->setSuffix(tr(" ×"));
    m_title->setChecked(true);
    m_legend->setChecked(true);
    m_explanations->setEnabled(!m_subject.picture.explanations.empty());
    m_explanations->setChecked(m_explanations->isEnabled());
    if (!m_explanations->isEnabled())
        m_explanations->setToolTip(tr("Nothing was refused, and nothing broke."));
    for (QLabel *label : {m_advice, m_error}) {
        label->setWordWrap(true);
        label->setTextFormat(Qt::PlainText);
        label->hide();
    }
    m_advice->setObjectName(u"advice"_s);
    m_error->setObjectName(u"error"_s);
    auto *write = m_buttons->addButton(tr("&Export"), QDialogButtonBox::AcceptRole);
    write->setDefault(true);
    makeForm();

    connect(m_path, &QLineEdit::textChanged, this, &ExportDialog::followPath);
    connect(m_format, &QComboBox::currentIndexChanged, this, &ExportDialog::followFormat);
    connect(m_scale, &QSpinBox::valueChanged, this, &ExportDialog::showAdvice);
    for (QCheckBox *part : {m_title, m_legend, m_explanations})
        connect(part, &QCheckBox::toggled, this, &ExportDialog::showAdvice);
    connect(m_buttons, &QDialogButtonBox::accepted, this, &ExportDialog::accept);
    connect(m_buttons, &QDialogButtonBox::rejected, this, &ExportDialog::reject);
    connect(&m_writing, &QFutureWatcher<QString>::finished, this, &ExportDialog::finish);
    followPath();
}

ExportDialog::~ExportDialog()
{
    m_writing.disconnect();
    m_writing.waitForFinished();
}

QString ExportDialog::path() const
{
    return m_path->text();
}

void ExportDialog::makeForm()
{
    auto *browse = new QToolButton(this);
    browse->setText(tr("…"));
    browse->setToolTip(tr("Choose the file."));
    browse->setAccessibleName(tr("Choose the file"));
    connect(browse, &QToolButton::clicked, this, &ExportDialog::browse);
    auto *file = new QHBoxLayout;
    file->addWidget(m_path, 1);
    file->addWidget(browse);
    m_path->setMinimumWidth(48 * fontMetrics().averageCharWidth());

    auto *form = new QFormLayout(this);
    auto *fileLabel = new QLabel(tr("F&ile:"), this);
    fileLabel->setBuddy(m_path);
    form->addRow(fileLabel, file);
    form->addRow(tr("&Format:"), m_format);
    form->addRow(tr("&Scale:"), m_scale);
    form->addRow(tr("&Colours:"), m_theme);
    form->addRow(tr("With:"), m_title);
    form->addRow(QString(), m_legend);
    form->addRow(QString(), m_explanations);
    form->addRow(m_advice);
    form->addRow(m_error);
    form->addRow(m_buttons);
}

void ExportDialog::browse()
{
    QStringList filters;
    for (const Format &format : kFormats)
        filters.append(
            u"%1 (*.%2)"_s.arg(QString::fromUtf8(format.suffix).toUpper(), QString::fromUtf8(format.suffix)));
    QString filter = filters.at(m_format->currentIndex());
    QString path = QFileDialog::getSaveFileName(this, tr("Export Picture"), m_path->text(), filters.join(u";;"_s),
                                                &filter, QFileDialog::DontConfirmOverwrite);
    if (path.isEmpty())
        return;
    if (QFileInfo(path).suffix().isEmpty())
        path += u'.' + QString::fromUtf8(kFormats.at(static_cast<std::size_t>(filters.indexOf(filter))).suffix);
    m_path->setText(path);
}

void ExportDialog::followPath()
{
    const int format = m_format->findData(QFileInfo(m_path->text()).suffix().toLower());
    for (QPushButton *button : m_buttons->findChildren<QPushButton *>()) {
        if (m_buttons->buttonRole(button) == QDialogButtonBox::AcceptRole)
            button->setEnabled(format >= 0);
    }
    m_error->setVisible(format < 0);
    m_error->setText(tr("The name must end in .png, .svg, .pdf or .dot."));
    if (format >= 0)
        m_format->setCurrentIndex(format);
    followFormat();
}

void ExportDialog::followFormat()
{
    const QString suffix = m_format->currentData().toString();
    const QFileInfo file(m_path->text());
    if (file.suffix().toLower() != suffix && m_format->findData(file.suffix().toLower()) >= 0)
        m_path->setText(file.path() + u'/' + file.completeBaseName() + u'.' + suffix);
    const bool isPicture = suffix != "dot"_L1;
    m_scale->setEnabled(suffix == "png"_L1);
    for (QWidget *each :
         {static_cast<QWidget *>(m_theme), static_cast<QWidget *>(m_title), static_cast<QWidget *>(m_legend)})
        each->setEnabled(isPicture);
    m_explanations->setEnabled(isPicture && !m_subject.picture.explanations.empty());
    showAdvice();
}

void ExportDialog::showAdvice()
{
    const bool isPng = views::pictureFormat(path()) == views::PictureFormat::Png;
    tell(*m_advice, isPng ? views::largePngAdvice(m_subject.picture, options()) : QString());
}

void ExportDialog::tell(QLabel &label, const QString &text)
{
    label.setText(text);
    label.setVisible(!text.isEmpty());
    if (isVisible()) // lines that were not there when the dialog opened
        resize(width(), std::max(height(), layout()->totalHeightForWidth(width())));
}

views::ExportOptions ExportDialog::options() const
{
    views::ExportOptions options;
    options.format = views::pictureFormat(path()).value_or(views::PictureFormat::Png);
    options.scale = m_scale->value();
    options.theme = static_cast<views::ThemeKind>(m_theme->currentData().toInt());
    options.title = m_title->isChecked();
    options.legend = m_legend->isChecked();
    options.explanations = m_explanations->isChecked();
    return options;
}

void ExportDialog::accept()
{
    if (m_writing.isRunning())
        return;
    const QString file = path();
    if (QFileInfo::exists(file) &&
        QMessageBox::question(this, tr("Export Picture"),
                              tr("“%1” exists. Replace it?").arg(QFileInfo(file).fileName())) != QMessageBox::Yes)
        return;
    m_buttons->setEnabled(false);
    tell(*m_error, tr("Writing…"));
    if (isDot(file))
        m_writing.setFuture(QtConcurrent::run(writeDotFile, file, m_subject.dot));
    else
        m_writing.setFuture(QtConcurrent::run(views::writeExport, file, m_subject.picture, options()));
}

void ExportDialog::finish()
{
    m_buttons->setEnabled(true);
    const QString error = m_writing.result();
    tell(*m_error, error);
    if (!error.isEmpty())
        return;
    Q_EMIT exported(path());
    QDialog::accept();
}

} // namespace blockscope::app
