import { recordAudit } from "@/lib/platform/audit";
import type { Transaction } from "@/lib/platform/database";
import { enqueue, notifyChange } from "@/lib/platform/jobs";
import { systemActor } from "@/lib/records/access";
import { predictAllKey, predictSlicesJob } from "../predictions/jobs";

/** What every end of an import brings about: predictions of what was added, an audit event, news for open pages. */
export async function predictAndRecord(
  db: Transaction,
  importId: string,
  action: string,
  detail: Record<string, unknown>,
) {
  const added = await db.importedFile.count({ where: { importId, outcome: "added" } });
  // A prediction job that runs now may have listed the slices before these were added.
  if (added > 0) await enqueue(db, predictSlicesJob, {}, { key: predictAllKey, again: true });
  await recordAudit(db, systemActor, action, importId, detail);
  await notifyChange(db, "import", importId);
}
