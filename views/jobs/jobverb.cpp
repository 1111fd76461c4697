// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "views/jobs/jobverb.h"

namespace blockscope::views {

bool isPossible(JobVerb verb, const Job &job)
{
    const JobStatus status = job.status;
    switch (verb) {
    case JobVerb::Pause:
        return !job.isPausedByUser &&
               (status == JobStatus::Created || status == JobStatus::Running || status == JobStatus::Paused ||
                status == JobStatus::Ready || status == JobStatus::Standby);
    case JobVerb::Resume:
        return job.isPausedByUser;
    case JobVerb::Complete:
        return status == JobStatus::Ready && !job.wantsPivot;
    case JobVerb::Cancel:
        return status >= JobStatus::Created && status <= JobStatus::Pending && !job.isCancelled;
    case JobVerb::Finalize:
        return status == JobStatus::Pending;
    case JobVerb::Dismiss:
        return status == JobStatus::Concluded;
    }
    return false;
}

Event toEvent(JobVerb verb, const Job &job)
{
    const auto command = [verb] {
        switch (verb) {
        case JobVerb::Pause:
            return "job-pause";
        case JobVerb::Resume:
            return "job-resume";
        case JobVerb::Complete:
            return "job-complete";
        case JobVerb::Cancel:
            return "job-cancel";
        case JobVerb::Finalize:
            return "job-finalize";
        case JobVerb::Dismiss:
            return "job-dismiss";
        }
        return "";
    };
    return QmpCommand{command(), {{"id", Value(job.name)}}};
}

} // namespace blockscope::views
