import type { z } from "zod";
import { recordAudit } from "@/lib/platform/audit";
import { transaction } from "@/lib/platform/database";
import { conflict, notFound } from "@/lib/platform/errors";
import { enqueue, notifyChange } from "@/lib/platform/jobs";
import { type Actor, importsWritableBy, requirePermission } from "@/lib/records/access";
import { importArchiveJob, importJobKeys } from "./jobs";
import type { ImportId } from "./schema";

/**
 * Begins a failed import of a file or folder on the server again; studies that it had imported by then are passed over.
 * Its failure counts as seen. Returns the new job's id.
 *
 * Throws `forbidden`; `not-found`; `conflict` where it has not failed, or was uploaded: then its bytes are gone.
 */
export async function retryImport(
  actor: Actor,
  { importId }: z.infer<typeof ImportId>,
): Promise<{ jobId: string }> {
  requirePermission(actor, "import:write");
  return transaction(async (db) => {
    const row = await db.import.findFirst({ where: { id: importId, ...importsWritableBy(actor) } });
    if (!row) throw notFound({ code: "no-such-import" });
    if (row.uploaded) throw conflict({ code: "upload-bytes-gone" });
    const updated = await db.$executeRaw`
      UPDATE "Import" SET "state" = 'IMPORTING', "error" = NULL, "report" = NULL, "finishedAt" = NULL
      WHERE "id" = ${importId}::uuid AND "state" = 'FAILED'`;
    if (updated === 0) throw conflict({ code: "import-not-failed" });
    const { import: key } = importJobKeys(importId);
    await db.job.updateMany({
      where: { key, status: "FAILED", seenAt: null },
      data: { seenAt: new Date(), seenById: actor.id },
    });
    const jobId = await enqueue(db, importArchiveJob, { importId }, { key, requestedById: actor.id });
    await recordAudit(db, actor, "import.retried", importId);
    await notifyChange(db, "import", importId);
    return { jobId };
  });
}
