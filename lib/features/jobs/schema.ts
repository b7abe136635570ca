import { z } from "zod";
import type { JobStatus } from "@/lib/platform/generated/enums";

export const JobId = z.strictObject({ jobId: z.uuid() });

/** What people see of a piece of background work. */
export interface JobView {
  id: string;
  /** `inspect-archive`, `import-archive`, `predict-slices`, `explain-slice`, `train-model`, `compare-model` */
  kind: string;
  status: JobStatus;
  progressDone: number;
  /** 0 while unknown. */
  progressTotal: number;
  message: string | null;
  error: string | null;
  cancelRequested: boolean;
  createdAt: Date;
  startedAt: Date | null;
  finishedAt: Date | null;
}
