import type { Job } from "@/lib/platform/generated/client";
import type { JobView } from "./schema";

/** A Job row as people see it. */
export function viewJob(job: Job): JobView {
  const { id, kind, status, progressDone, progressTotal, message, error } = job;
  const { createdAt, startedAt, finishedAt, seenAt } = job;
  return {
    id,
    kind,
    status,
    progressDone,
    progressTotal,
    message,
    error,
    cancelRequested: job.cancelRequestedAt !== null,
    createdAt,
    startedAt,
    finishedAt,
    seenAt,
  };
}
