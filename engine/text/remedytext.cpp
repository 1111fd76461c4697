// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "engine/text/explain.h"
#include "engine/text/names.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace blockscope {

namespace {

struct Remedies
{
    Q_DECLARE_TR_FUNCTIONS(Remedies)
};

QString jobNames(const World &world, const std::vector<JobId> &jobs)
{
    QStringList names;
    for (JobId job : jobs)
        names += holderName(world, Holder::of(job));
    return joined(names);
}

RemedyText remedyText(const World &world, const Remedy &remedy)
{
    const QString jobs = jobNames(world, remedy.jobs);
    const QString argument = QString::fromStdString(remedy.argument);
    const QString value = QString::fromStdString(remedy.value);
    const QString listed = QString::fromStdString(remedy.listed);
    switch (remedy.kind) {
    case Remedy::Kind::WaitForJobs:
        return {Remedies::tr("Wait for %1").arg(jobs),
                Remedies::tr("Let %1 end by itself, then ask again: it will be allowed.").arg(jobs), remedy};
    case Remedy::Kind::CancelJobs:
        return {Remedies::tr("Cancel %1").arg(jobs),
                Remedies::tr("Cancel %1, then ask again: it will be allowed.").arg(jobs), remedy};
    case Remedy::Kind::CompleteJobs:
        return {Remedies::tr("Complete %1").arg(jobs),
                Remedies::tr("Tell %1 to complete, then ask again: it will be allowed.").arg(jobs), remedy};
    case Remedy::Kind::OtherArgument:
        return {Remedies::tr("Use %1 %2", "an argument and its value").arg(argument, value),
                Remedies::tr("Ask the same with %1 set to %2: it is allowed now.").arg(argument, value), remedy};
    case Remedy::Kind::PauseGuest:
        return {Remedies::tr("Pause the VM"),
                Remedies::tr("Stop the VM, so that its guests hold nothing, then ask again: it is allowed."), remedy};
    case Remedy::Kind::AcquireListed:
        return {Remedies::tr("Let %1 acquire", "the id of a listed request").arg(listed),
                Remedies::tr("Let the listed request %1 acquire its claims, then ask again: it will be allowed.")
                    .arg(listed),
                remedy};
    case Remedy::Kind::GiveUpListed:
        return {Remedies::tr("Give %1 up", "the id of a listed request").arg(listed),
                Remedies::tr("Give the listed request %1 up, then ask again: it will be allowed.").arg(listed), remedy};
    }
    return {};
}

} // namespace

std::vector<RemedyText> remedyTexts(const World &world, const std::vector<Remedy> &remedies)
{
    std::vector<RemedyText> texts;
    for (const Remedy &remedy : remedies)
        texts.push_back(remedyText(world, remedy));
    return texts;
}

} // namespace blockscope
