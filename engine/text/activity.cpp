// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "engine/text/explain.h"
#include "engine/text/names.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace blockscope {

namespace {

struct Activity
{
    Q_DECLARE_TR_FUNCTIONS(Activity)
};

QString percent(const Job &job)
{
    const Progress progress = progressOf(job);
    const std::uint32_t done = progress.total == 0 ? 0 : progress.done * 100 / progress.total;
    return QString::number(done);
}

QString jobActivity(const World &world, const Job &job)
{
    const QString name = holderName(world, Holder::of(job.id));
    switch (job.status) {
    case JobStatus::Undefined:
    case JobStatus::Created:
        return Activity::tr("%1 has not begun to copy yet.").arg(name);
    case JobStatus::Running:
        return Activity::tr("%1 is copying, %2 % done.").arg(name, percent(job));
    case JobStatus::Paused:
        return Activity::tr("%1 is paused at %2 % and keeps what it holds.").arg(name, percent(job));
    case JobStatus::Ready:
        return Activity::tr("%1 is ready and copies what changes until job-complete.").arg(name);
    case JobStatus::Standby:
        return Activity::tr("%1 is ready but paused, and keeps what it holds.").arg(name);
    case JobStatus::Waiting:
        return Activity::tr("%1 has copied everything and waits for the other jobs of its transaction.").arg(name);
    case JobStatus::Pending:
        if (world.isGraphLocked() && job.autoFinalize)
            return Activity::tr("%1 has copied everything and waits until the graph is no longer locked.").arg(name);
        return Activity::tr("%1 has copied everything and waits for job-finalize.").arg(name);
    case JobStatus::Aborting:
        return Activity::tr("%1 is ending after an error.").arg(name);
    case JobStatus::Concluded:
    case JobStatus::Null:
        return Activity::tr("%1 has ended.").arg(name);
    }
    return {};
}

QString userActivity(const World &world, const User &user)
{
    const QString name = holderName(world, Holder::of(user.id));
    if (user.kind == User::Kind::Guest)
        return world.isVmRunning() ? Activity::tr("%1 runs.").arg(name) : Activity::tr("%1 is stopped.").arg(name);
    return Activity::tr("%1 stays until it is removed.").arg(name);
}

} // namespace

QString activityOf(const World &world, Holder holder)
{
    switch (holder.kind) {
    case Holder::Kind::Job:
        return jobActivity(world, world.job(JobId{holder.id}));
    case Holder::Kind::User:
        return userActivity(world, world.user(UserId{holder.id}));
    case Holder::Kind::Edge:
        return Activity::tr("The link stands as long as %1 is open.").arg(holderName(world, holder));
    case Holder::Kind::Operation:
        break;
    }
    return {};
}

} // namespace blockscope
