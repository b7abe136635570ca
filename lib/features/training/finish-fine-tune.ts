import { recordAudit } from "@/lib/platform/audit";
import { type NewBase, registerBase } from "../bases/register-base";
import { systemActor } from "../users/access";
import { finishStep } from "./finish-step";
import type { StepName } from "./jobs";
import type { SliceRange } from "./stages";

/**
 * Ends a run's fine-tuning: the new base enters the registry, the run's notes say what became of it, and the steps that
 * embed the slices of `chunks` are queued, in one transaction. Without a new base the run goes on with its parent.
 *
 * Safe to repeat: a step is finished once, and the same file is the same base. False, and nothing is kept, where the run
 * has ended or is to stop.
 */
export async function finishFineTune(
  step: StepName,
  base: NewBase | null,
  chunks: readonly SliceRange[],
  note: string,
): Promise<boolean> {
  const result = { baseSha256: base?.sha256 ?? null, chunks: chunks.map((chunk) => ({ ...chunk })) };
  return finishStep(step, result, async (db) => {
    await db.trainingRun.update({ where: { id: step.runId }, data: { notes: { push: note } } });
    if (!base) return;
    await registerBase(db, base);
    await recordAudit(db, systemActor, "base.fine-tuned", base.sha256, {
      runId: step.runId,
      parentSha256: base.parentSha256,
    });
  });
}
