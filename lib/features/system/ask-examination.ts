import { recordAudit } from "@/lib/platform/audit";
import { type Prisma, transaction } from "@/lib/platform/database";
import { unavailable } from "@/lib/platform/errors";
import { type Actor, requirePermission } from "@/lib/records/access";
import { Capabilities } from "./schema";

/**
 * Asks every worker to look at its machine again; they do within seconds, and the page hears of it.
 *
 * Throws `forbidden` without `system:read`; `unavailable` where no worker is known.
 */
export async function askExamination(actor: Actor, _input: object = {}): Promise<{ workers: number }> {
  requirePermission(actor, "system:read");
  return transaction(async (db) => {
    const workers = await db.$queryRaw<{ id: string; capabilities: unknown }[]>`
      SELECT id, capabilities FROM "WorkerProcess" FOR UPDATE`;
    if (workers.length === 0) throw unavailable({ code: "no-worker-to-examine" });
    for (const { id, capabilities } of workers) {
      const known = Capabilities.parse(capabilities);
      await db.workerProcess.update({
        where: { id },
        data: { capabilities: { ...known, askedAt: new Date().toISOString() } as Prisma.InputJsonObject },
      });
    }
    await recordAudit(db, actor, "system.examination-asked", "workers", { workers: workers.length });
    return { workers: workers.length };
  });
}
