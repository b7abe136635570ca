import type { z } from "zod";
import { recordAudit } from "@/lib/platform/audit";
import { type Transaction, transaction } from "@/lib/platform/database";
import { conflict, notFound } from "@/lib/platform/errors";
import { notifyChange } from "@/lib/platform/jobs";
import { requestCancel } from "@/lib/platform/request-cancel";
import { type Actor, importsWritableBy, requirePermission } from "@/lib/records/access";
import { endImport } from "./end-import";
import { importJobKeys } from "./jobs";
import type { ImportId } from "./schema";

/**
 * Ends an import that is not done. Before it was confirmed nothing has been added and its bytes are removed at once;
 * a running one stops at its next safe point and keeps the studies it has finished.
 *
 * Throws `forbidden`; `not-found`; `conflict` where it has ended.
 */
export async function cancelImport(actor: Actor, { importId }: z.infer<typeof ImportId>): Promise<void> {
  requirePermission(actor, "import:write");
  const runs = await transaction(async (db) => {
    const row = await db.import.findFirst({ where: { id: importId, ...importsWritableBy(actor) } });
    if (!row) throw notFound({ code: "no-such-import" });
    if (row.finishedAt) throw conflict({ code: "import-ended" });

    // Locks are taken in the order of cancelJob: the job's row first.
    const runs = await cancelJobOf(db, importId);
    await db.import.updateMany({
      where: { id: importId, state: { in: ["UPLOADING", "READY"] } },
      data: { state: "CANCELLED", finishedAt: new Date() },
    });
    await recordAudit(db, actor, "import.cancel-requested", importId);
    await notifyChange(db, "import", importId);
    return runs;
  });
  if (runs) return; // The worker ends it.
  await endImport(importId, "CANCELLED", null);
}

/** Cancels the job that works on an import; true where it runs and will stop by itself. */
async function cancelJobOf(db: Transaction, importId: string): Promise<boolean> {
  const job = await db.job.findFirst({
    where: { key: { in: Object.values(importJobKeys(importId)) }, status: { in: ["WAITING", "RUNNING"] } },
  });
  if (!job) return false;
  await requestCancel(db, job.id);
  return (await db.job.findUnique({ where: { id: job.id } }))?.status === "RUNNING";
}
