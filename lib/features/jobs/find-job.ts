import { database } from "@/lib/platform/database";
import { notFound } from "@/lib/platform/errors";
import { type Actor, requirePermission } from "@/lib/records/access";
import type { JobView } from "@/lib/records/job-view";
import { viewJob } from "@/lib/records/job-view";

/** One job. Throws `not-found`. */
export async function findJob(actor: Actor, { jobId }: { jobId: string }): Promise<JobView> {
  requirePermission(actor, "job:read");
  const job = await database().job.findUnique({ where: { id: jobId } });
  if (!job) throw notFound({ code: "no-such-job" });
  return viewJob(job);
}
