import { database } from "@/lib/platform/database";
import type { Actor } from "@/lib/records/access";
import { endImport } from "../imports/end-import";
import { importArchiveJob, inspectArchiveJob } from "../imports/jobs";
import { ImportId } from "../imports/schema";
import { cancelJob } from "../jobs/cancel-job";

const ofImports = [importArchiveJob.kind, inspectArchiveJob.kind];

/**
 * Asks any job to stop, as `cancelJob` does. An import whose job has not started ends with it: no worker has to be free for
 * that. (A worker that is given the cancelled job does the same, should this process end in between.)
 *
 * Throws `forbidden`; `not-found`; `conflict` where it has already ended.
 */
export async function cancelAnyJob(actor: Actor, { jobId }: { jobId: string }): Promise<void> {
  await cancelJob(actor, { jobId });
  const job = await database().job.findUnique({ where: { id: jobId } });
  if (job?.status !== "CANCELLED" || !ofImports.includes(job.kind)) return;
  await endImport(ImportId.parse(job.payload).importId, "CANCELLED", null);
}
