import type { Job } from "@/lib/platform/generated/client";
import type { JobStatus } from "@/lib/platform/generated/enums";
import { type Message, StoredMessage } from "@/lib/platform/message";

/** What people see of a piece of background work. */
export interface JobView {
  id: string;
  /** `inspect-archive`, `import-archive`, `predict-slices`, `explain-slice`, `train-model`, `compare-model` */
  kind: string;
  status: JobStatus;
  progressDone: number;
  /** 0 while unknown. */
  progressTotal: number;
  /** What it is doing now. */
  message: Message | null;
  /** Why it failed. */
  error: Message | null;
  cancelRequested: boolean;
  createdAt: Date;
  startedAt: Date | null;
  finishedAt: Date | null;
  /** When a person marked its failure as seen; null for not yet. */
  seenAt: Date | null;
}

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
    message: StoredMessage.nullable().parse(message),
    error: StoredMessage.nullable().parse(error),
    cancelRequested: job.cancelRequestedAt !== null,
    createdAt,
    startedAt,
    finishedAt,
    seenAt,
  };
}
