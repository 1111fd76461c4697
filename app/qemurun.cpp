// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "app/qemurun.h"

#include "app/cliverb.h"
#include "engine/files/file.h"
#include "engine/files/jsonreader.h"

#include <QElapsedTimer>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>

#include <array>
#include <csignal>
#include <optional>
#include <sys/prctl.h>

using namespace Qt::StringLiterals;

namespace blockscope::app {

namespace {

constexpr std::array kSignals{SIGINT, SIGTERM, SIGHUP};
/// How often a signal is looked for while the script is silent.
constexpr int kGlance = 100;
/// What a script that was told to end may take to clean up.
constexpr int kLastWait = 10000;

volatile std::sig_atomic_t s_signal = 0;

void noteSignal(int number)
{
    s_signal = number;
}

/// While it lives a signal that would end the program is only noted, so that there is time to clean up.
class SignalWatch
{
public:
    SignalWatch()
    {
        s_signal = 0;
        for (std::size_t i = 0; i < kSignals.size(); ++i)
            m_before[i] = std::signal(kSignals[i], noteSignal);
    }
    ~SignalWatch()
    {
        for (std::size_t i = 0; i < kSignals.size(); ++i)
            std::signal(kSignals[i], m_before[i]);
    }
    Q_DISABLE_COPY_MOVE(SignalWatch)

    [[nodiscard]] static bool hasOne() { return s_signal != 0; }

private:
    std::array<void (*)(int), kSignals.size()> m_before{};
};

Error trouble(const QString &what)
{
    return {"QEMU", {}, what.toStdString()};
}

std::optional<Error> readAnswer(const QByteArray &line, QemuAnswers &answers)
{
    const auto value = readJson({line.constData(), std::size_t(line.size())});
    const Object *object = value ? value->asObject() : nullptr;
    const Value *index = object != nullptr ? find(*object, "index") : nullptr;
    const std::string *verdict = object != nullptr ? findString(*object, "verdict") : nullptr;
    if (index == nullptr || index->asInteger() == nullptr || verdict == nullptr)
        return trouble(Cli::tr("The script prints what is no answer: %1").arg(QString::fromUtf8(line.trimmed())));
    const std::string *error = findString(*object, "error");
    answers[static_cast<std::size_t>(*index->asInteger())] = {*verdict == "allowed",
                                                              error != nullptr ? *error : std::string()};
    return std::nullopt;
}

class Run
{
public:
    Run(double timeout, QTextStream &progress) : m_timeout(timeout), m_progress(progress) {}
    ~Run() { stop(); }
    Q_DISABLE_COPY_MOVE(Run)

    Result<QemuAnswers> run(const QByteArray &script)
    {
        if (!m_folder.isValid())
            return trouble(m_folder.errorString());
        const QString file = m_folder.filePath(u"reproduce.py"_s);
        if (auto error = writeFile(file, script))
            return *error;
        start(file);
        QElapsedTimer silence;
        silence.start();
        while (m_process.state() != QProcess::NotRunning) {
            if (SignalWatch::hasOne())
                return trouble(Cli::tr("Interrupted."));
            if (silence.hasExpired(patience()))
                return trouble(Cli::tr("Nothing was heard of QEMU for %1 s.").arg(patience() / 1000));
            m_process.waitForReadyRead(kGlance);
            if (m_process.bytesAvailable() == 0 && !passOnProgress())
                continue;
            silence.restart();
            if (auto error = readAnswers())
                return *error;
        }
        return finish();
    }

private:
    /// Longer than the script's own, which knows better what hangs.
    [[nodiscard]] qint64 patience() const { return static_cast<qint64>(m_timeout * 4000) + kLastWait; }

    void start(const QString &file)
    {
        // When this program is killed at once, the script still cleans up.
        m_process.setChildProcessModifier([] { ::prctl(PR_SET_PDEATHSIG, SIGTERM); });
        m_process.setProcessChannelMode(QProcess::SeparateChannels);
        m_process.start(u"python3"_s, {u"-I"_s, file, u"--json"_s, u"--folder"_s, m_folder.filePath(u"scratch"_s),
                                       u"--timeout"_s, QString::number(m_timeout)});
        m_process.closeWriteChannel();
        m_process.waitForStarted();
    }

    std::optional<Error> readAnswers()
    {
        while (m_process.canReadLine()) {
            if (auto error = readAnswer(m_process.readLine(), m_answers))
                return error;
        }
        return std::nullopt;
    }

    /// False when there was nothing to pass on.
    bool passOnProgress()
    {
        const QByteArray told = m_process.readAllStandardError();
        m_progress << QString::fromUtf8(told);
        m_progress.flush();
        return !told.isEmpty();
    }

    Result<QemuAnswers> finish()
    {
        passOnProgress();
        if (auto error = readAnswers())
            return *error;
        if (SignalWatch::hasOne())
            return trouble(Cli::tr("Interrupted."));
        if (m_process.error() == QProcess::FailedToStart)
            return trouble(m_process.errorString());
        if (m_process.exitStatus() != QProcess::NormalExit || m_process.exitCode() > kDifference)
            return trouble(Cli::tr("It could not be reproduced; what went wrong stands above."));
        return std::move(m_answers);
    }

    void stop()
    {
        if (m_process.state() == QProcess::NotRunning)
            return;
        m_process.terminate();
        if (!m_process.waitForFinished(kLastWait))
            m_process.kill();
        m_process.waitForFinished();
        passOnProgress();
    }

    double m_timeout;
    QTextStream &m_progress;
    QTemporaryDir m_folder;
    QProcess m_process;
    QemuAnswers m_answers;
};

} // namespace

std::optional<Error> missingProgram()
{
    static constexpr std::array<std::pair<const char *, const char *>, 4> kPrograms{
        {{"qemu-system-x86_64", "qemu-system-x86"},
         {"qemu-img", "qemu-utils"},
         {"qemu-io", "qemu-utils"},
         {"python3", "python3"}}};
    for (const auto &[program, package] : kPrograms) {
        const QString name = QString::fromLatin1(program);
        if (QStandardPaths::findExecutable(name).isEmpty())
            return Error{"QEMU-MISSING",
                         {},
                         Cli::tr("%1 is not installed. On Debian: apt-get install %2")
                             .arg(name, QLatin1StringView(package))
                             .toStdString()};
    }
    return std::nullopt;
}

Result<QemuAnswers> askQemu(const QByteArray &script, double timeout, QTextStream &progress)
{
    const SignalWatch watch;
    return Run(timeout, progress).run(script);
}

} // namespace blockscope::app
