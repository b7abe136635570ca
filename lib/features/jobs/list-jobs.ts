import { database } from "@/lib/platform/database";
import { type Actor, requirePermission } from "@/lib/records/access";
import type { JobView } from "@/lib/records/job-view";
import { viewJob } from "@/lib/records/job-view";

/** The newest 50 jobs, those under way first; a job done in parts is one. */
export async function listJobs(actor: Actor): Promise<JobView[]> {
  requirePermission(actor, "job:read");
  const jobs = await database().job.findMany({
    where: { wholeId: null },
    orderBy: [{ finishedAt: { sort: "desc", nulls: "first" } }, { createdAt: "desc" }],
    take: 50,
  });
  return jobs.map(viewJob);
}
