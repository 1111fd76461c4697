// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// Asks how the graph shall be written as a picture, and writes it on a worker.
/// The picture is that of the moment the dialog was opened.
///
/// Thread: GUI.

#include "views/export/exportpicture.h"
#include "views/graph/picture.h"

#include <QDialog>
#include <QFutureWatcher>

class QCheckBox;
class QComboBox;
class QDialogButtonBox;
class QLabel;
class QLineEdit;
class QSpinBox;

namespace blockscope::app {

/// What can be written: the graph as a picture and as DOT.
struct ExportSubject
{
    views::Picture picture; ///< with title, legend and explanations; the dialog leaves out what is not wanted
    std::string dot;
};

class ExportDialog : public QDialog
{
    Q_OBJECT

public:
    /// \a path is the file that is suggested; its suffix is the format.
    ExportDialog(ExportSubject subject, const QString &path, QWidget *parent = nullptr);
    ~ExportDialog() override; ///< waits for the worker

    [[nodiscard]] QString path() const;

Q_SIGNALS:
    void exported(const QString &path);

public Q_SLOTS:
    /// Writes the file; closes the dialog when it is there.
    void accept() override;

private:
    void makeForm();
    void browse();
    void followPath();
    void followFormat();
    void showAdvice();
    void tell(QLabel &label, const QString &text);
    void finish();
    [[nodiscard]] views::ExportOptions options() const;

    const ExportSubject m_subject;
    QComboBox *m_format;
    QLineEdit *m_path;
    QSpinBox *m_scale;
    QComboBox *m_theme;
    QCheckBox *m_title;
    QCheckBox *m_legend;
    QCheckBox *m_explanations;
    QLabel *m_advice;
    QLabel *m_error;
    QDialogButtonBox *m_buttons;
    QFutureWatcher<QString> m_writing; // what went wrong
};

} // namespace blockscope::app
