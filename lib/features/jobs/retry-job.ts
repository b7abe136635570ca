import { z } from "zod";
import { recordAudit } from "@/lib/platform/audit";
import { type Prisma, transaction } from "@/lib/platform/database";
import { conflict, notFound } from "@/lib/platform/errors";
import { enqueue } from "@/lib/platform/jobs";
import { type Actor, requirePermission } from "@/lib/records/access";
import { isRepeatable } from "./repeatable";

/**
 * Asks for a failed job again: a new job with the same payload; the failed one counts as seen. Returns the new job's id,
 * or that of one that waits already.
 *
 * Throws `forbidden` without `job:cancel`; `not-found`; `conflict` where it has not failed or cannot be repeated.
 */
export async function retryJob(actor: Actor, { jobId }: { jobId: string }): Promise<{ jobId: string }> {
  requirePermission(actor, "job:cancel");
  return transaction(async (db) => {
    const job = await db.job.findUnique({ where: { id: jobId, parentId: null } });
    if (!job) throw notFound({ code: "no-such-job" });
    if (job.status !== "FAILED") throw conflict({ code: "job-not-failed" });
    if (!isRepeatable(job.kind)) throw conflict({ code: "job-not-repeatable" });
    const contract = { kind: job.kind, payload: z.custom<Prisma.InputJsonObject>() };
    const key = job.key?.replace(/(:next)+$/, "");
    const next = await enqueue(db, contract, job.payload as Prisma.InputJsonObject, {
      ...(key ? { key } : {}),
      requestedById: actor.id,
    });
    await db.job.updateMany({
      where: { id: jobId, seenAt: null },
      data: { seenAt: new Date(), seenById: actor.id },
    });
    await recordAudit(db, actor, "job.retried", jobId, { kind: job.kind, next });
    return { jobId: next };
  });
}
