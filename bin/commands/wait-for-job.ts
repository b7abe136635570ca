import { setTimeout as sleep } from "node:timers/promises";
import { findJob } from "@/lib/features/jobs/find-job";
import { systemActor } from "@/lib/records/access";
import { sayProgress } from "@/lib/words/progress";
import { sayRefusal } from "@/lib/words/refusals";
import { CommandFailed, progressLine } from "./command";

/** Waits until a job has ended, with its progress on standard error. Throws its error, or that it was cancelled. */
export async function waitForJob(jobId: string): Promise<void> {
  const show = progressLine();
  for (;;) {
    const job = await findJob(systemActor, { jobId });
    if (job.status === "DONE") break;
    if (job.status === "FAILED")
      throw new CommandFailed(job.error ? sayRefusal(job.error) : "The job failed");
    if (job.status === "CANCELLED") throw new CommandFailed("The job was cancelled");
    const share = job.progressTotal > 0 ? ` ${job.progressDone} of ${job.progressTotal}` : "";
    const doing = job.message ? sayProgress(job.message) : job.kind;
    show(job.status === "WAITING" ? "waiting for a worker" : `${doing}${share}`);
    await sleep(200);
  }
  if (process.stderr.isTTY) process.stderr.write("\r\x1b[K");
}
