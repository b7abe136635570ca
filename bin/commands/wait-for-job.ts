import { setTimeout as sleep } from "node:timers/promises";
import { findJob } from "@/lib/features/jobs/find-job";
import { unavailable } from "@/lib/platform/errors";
import { systemActor } from "@/lib/records/access";
import { progressLine } from "./command";

/** Waits until a job has ended, with its progress on standard error. Throws its error, or that it was cancelled. */
export async function waitForJob(jobId: string): Promise<void> {
  const show = progressLine();
  for (;;) {
    const job = await findJob(systemActor, { jobId });
    if (job.status === "DONE") break;
    if (job.status === "FAILED") throw unavailable(job.error ?? "The job failed");
    if (job.status === "CANCELLED") throw unavailable("The job was cancelled");
    const share = job.progressTotal > 0 ? ` ${job.progressDone} of ${job.progressTotal}` : "";
    show(job.status === "WAITING" ? "waiting for a worker" : `${job.message ?? job.kind}${share}`);
    await sleep(200);
  }
  if (process.stderr.isTTY) process.stderr.write("\r\x1b[K");
}
