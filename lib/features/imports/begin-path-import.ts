import { stat } from "node:fs/promises";
import path from "node:path";
import { recordAudit } from "@/lib/platform/audit";
import { transaction } from "@/lib/platform/database";
import { invalid } from "@/lib/platform/errors";
import type { Cohort } from "@/lib/platform/generated/enums";
import { enqueue, notifyChange } from "@/lib/platform/jobs";
import { type Actor, requirePermission } from "@/lib/records/access";
import { importArchiveJob, importJobKeys } from "./jobs";

/**
 * Starts the import of an archive or folder that lies on the server, without a preview. The file stays where it is.
 *
 * Throws `forbidden`; `invalid` where there is nothing to read at `file`.
 */
export async function beginPathImport(
  actor: Actor,
  { file, cohort = "REAL" }: { file: string; cohort?: Cohort },
): Promise<{ importId: string; jobId: string }> {
  requirePermission(actor, "import:write");
  const place = path.resolve(file);
  const found = await stat(place).catch(() => undefined);
  if (!found?.isFile() && !found?.isDirectory())
    throw invalid("path", { code: "nothing-at-path", path: file });

  return transaction(async (db) => {
    const { id: importId } = await db.import.create({
      data: {
        state: "IMPORTING",
        name: path.basename(place),
        path: place,
        uploaded: false,
        size: found.isFile() ? found.size : null,
        receivedBytes: found.isFile() ? found.size : 0,
        cohort,
        requestedById: actor.id,
      },
    });
    const jobId = await enqueue(
      db,
      importArchiveJob,
      { importId },
      { key: importJobKeys(importId).import, requestedById: actor.id },
    );
    await recordAudit(db, actor, "import.begun", importId, { cohort });
    await notifyChange(db, "import", importId);
    return { importId, jobId };
  });
}
