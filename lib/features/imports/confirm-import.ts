import type { z } from "zod";
import { recordAudit } from "@/lib/platform/audit";
import { transaction } from "@/lib/platform/database";
import { conflict, notFound } from "@/lib/platform/errors";
import { enqueue, notifyChange } from "@/lib/platform/jobs";
import { type Actor, importsWritableBy, requirePermission } from "@/lib/records/access";
import { importArchiveJob, importJobKeys } from "./jobs";
import type { ImportId } from "./schema";

/**
 * Starts the import whose preview a person has seen. Returns its job.
 *
 * Throws `forbidden`; `not-found`; `conflict` where it is not waiting for a decision.
 */
export async function confirmImport(
  actor: Actor,
  { importId }: z.infer<typeof ImportId>,
): Promise<{ jobId: string }> {
  requirePermission(actor, "import:write");
  return transaction(async (db) => {
    const confirmed = await db.import.updateMany({
      where: { id: importId, state: "READY", ...importsWritableBy(actor) },
      data: { state: "IMPORTING" },
    });
    if (confirmed.count === 0) {
      const found = await db.import.count({ where: { id: importId, ...importsWritableBy(actor) } });
      if (found === 0) throw notFound({ code: "no-such-import" });
      throw conflict({ code: "import-not-waiting" });
    }
    const jobId = await enqueue(
      db,
      importArchiveJob,
      { importId },
      { key: importJobKeys(importId).import, requestedById: actor.id },
    );
    await recordAudit(db, actor, "import.confirmed", importId);
    await notifyChange(db, "import", importId);
    return { jobId };
  });
}
