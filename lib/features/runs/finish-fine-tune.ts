import type { SliceRange } from "@/lib/features/snapshots/schema";
import { recordAudit } from "@/lib/platform/audit";
import { systemActor } from "@/lib/records/access";
import type { RunNote } from "@/lib/records/run-notes";
import { type NewBase, registerBase } from "../bases/register-base";
import { finishStep } from "./finish-step";
import type { StepName } from "./jobs";

/** What a fine-tuning has come to. */
export interface FineTuneOutcome {
  /** Null where it is no better than its parent. */
  base: NewBase | null;
  /** Ranges that hold every slice of the snapshot without features of the base that the run goes on with. */
  chunks: readonly SliceRange[];
  /** How many are to be fitted. */
  heads: number;
  /** What became of it, for the run's page. */
  note: RunNote;
}

/**
 * Ends a run's fine-tuning: the new base enters the registry, the run's notes say what became of it, and the steps that
 * embed the slices of `chunks` are queued, in one transaction. Without a new base the run goes on with its parent.
 *
 * Safe to repeat: a step is finished once, and the same file is the same base. False, and nothing is kept, where the run
 * has ended or is to stop.
 */
export async function finishFineTune(
  step: StepName,
  { base, chunks, heads, note }: FineTuneOutcome,
): Promise<boolean> {
  const ranges = chunks.map((chunk) => ({ ...chunk }));
  const result = { baseSha256: base?.sha256 ?? null, chunks: ranges, heads };
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
