import { recordAudit } from "@/lib/platform/audit";
import { transaction } from "@/lib/platform/database";
import { removeOldLimits } from "@/lib/platform/rate-limits";
import { type Actor, requirePermission } from "@/lib/records/access";
import { collectDerived, collectLeftOvers, collectObjects } from "./collect-files";
import { collectPredictions } from "./collect-predictions";
import type { CollectReport } from "./collect-schema";
import { collectUploads } from "./collect-uploads";

/**
 * Removes what nothing uses: uploads that were abandoned, objects that no record names, derived files of what is no longer
 * there, half-written files, predictions of rejected models, counts of attempts that are over. Each is removed only after its days of grace
 * (`collect-schema.ts`), counted from when it was last written, so that what an import, a save or a training run has just
 * written and not yet recorded stays. Safe to repeat, and beside another one.
 *
 * With `dryRun` nothing is removed, and the report says what would be. Throws `forbidden` without `system:collect`; `conflict` where
 * more than half of the old objects are unused (a wrong database?), unless `most` allows it.
 */
export async function collectUnused(
  actor: Actor,
  { dryRun, most = false, now = new Date() }: { dryRun: boolean; most?: boolean; now?: Date },
): Promise<CollectReport> {
  requirePermission(actor, "system:collect");
  const settings = { dryRun, now };
  // Of these nothing can be lost, whatever is refused below.
  const limits = await removeOldLimits(settings);
  // Then objects: where they cannot be told from another installation's, nothing is removed. Masks of predictions that
  // are removed below are found unused the next day.
  const objects = await collectObjects({ ...settings, most });
  const report: CollectReport = {
    dryRun,
    objects,
    uploads: await collectUploads(settings),
    derived: await collectDerived(settings),
    leftOvers: await collectLeftOvers(settings),
    predictions: await collectPredictions(settings),
    limits,
  };
  if (!dryRun) await transaction((db) => recordAudit(db, actor, "system.collected", "unused", { ...report }));
  return report;
}
