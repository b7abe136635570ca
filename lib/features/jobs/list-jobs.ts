import { database } from "@/lib/platform/database";
import { type Actor, may, requirePermission } from "@/lib/records/access";
import { viewJob } from "@/lib/records/job-view";
import { findSubjects } from "./find-subjects";
import { isRepeatable } from "./repeatable";
import type { ListedJob, ShownJobs } from "./schema";
import { shownWhere } from "./shown-where";

/** The newest 50 jobs, or failed ones, those under way first; a job done in parts is one. */
export async function listJobs(actor: Actor, shown: ShownJobs = { show: "all" }): Promise<ListedJob[]> {
  requirePermission(actor, "job:read");
  const jobs = await database().job.findMany({
    where: { parentId: null, ...shownWhere(shown) },
    orderBy: [{ finishedAt: { sort: "desc", nulls: "first" } }, { createdAt: "desc" }],
    take: 50,
    include: { seenBy: { select: { name: true } } },
  });
  const subjects = await findSubjects(actor, jobs);
  return jobs.map((job) => ({
    ...viewJob(job),
    about: subjects.get(job.id) ?? null,
    mayRetry: job.status === "FAILED" && isRepeatable(job.kind) && may(actor, "job:cancel"),
    seenBy: job.seenBy?.name ?? null,
  }));
}
