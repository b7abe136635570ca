import type { z } from "zod";
import { recordAudit } from "@/lib/platform/audit";
import { transaction } from "@/lib/platform/database";
import { conflict, notFound } from "@/lib/platform/errors";
import { notifyChange } from "@/lib/platform/jobs";
import { requestCancel } from "@/lib/platform/request-cancel";
import { type Actor, requirePermission } from "@/lib/records/access";
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
    const row = await db.import.findUnique({ where: { id: importId } });
    if (!row) throw notFound("import");
    if (row.finishedAt) throw conflict("This import has ended");
    await recordAudit(db, actor, "import.cancel-requested", importId);

    await notifyChange(db, "import", importId);
    if (row.state === "UPLOADING" || row.state === "READY") {
      await db.import.updateMany({
        where: { id: importId, state: row.state },
        data: { state: "CANCELLED", finishedAt: new Date() },
      });
      return false;
    }
    const job = await db.job.findFirst({
      where: { key: { in: Object.values(importJobKeys(importId)) }, status: { in: ["WAITING", "RUNNING"] } },
    });
    if (!job) return false;
    await requestCancel(db, job.id);
    return (await db.job.findUnique({ where: { id: job.id } }))?.status === "RUNNING";
  });
  if (runs) return; // The worker ends it.
  await endImport(importId, "CANCELLED", null);
}
