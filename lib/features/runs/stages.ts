import { z } from "zod";
import type { Prisma, Transaction } from "@/lib/platform/database";
import type { JobContract } from "@/lib/platform/jobs";
import { BaseSha256 } from "@/lib/records/base-sha256";
import { TrainingParameters } from "@/lib/records/training-parameters";
import { SliceRange } from "../snapshots/schema";
import {
  embedChunkJob,
  fineTuneBaseJob,
  finishModelJob,
  fitHeadJob,
  type StepPayload,
  takeSnapshotJob,
} from "./jobs";
import type { TrainingPhase } from "./schema";

/*
 * The states of a training run. A run has no column for its state: its job, a parent job (lib/platform/child-jobs.ts), says
 * whether it waits, runs or has ended, and its steps say how far it is.
 *
 * Asked for: `request-training.ts` makes the run, its job and the step of the first stage in one transaction. A second
 *   run of the same cohort is refused until this one has ended.
 * In a stage: the stage's steps wait, run, or are finished, each a job of its own. A stage is left when its last step is
 *   finished (finish-step.ts); the same transaction writes and queues the steps of the next one. A stage that plans no
 *   step is passed over. The order is that of `stages` below: take-snapshot, fine-tune-base, embed-chunk, fit-head,
 *   finish-model.
 * Done: the step of the last stage registers the candidate and ends the parent job in one transaction (finish-run.ts).
 * Failed: a step's handler has failed. The parent job fails with it, steps that wait are dropped, steps that run stop at
 *   their next safe point.
 * Cancelled: a person asked for it. Steps that wait are dropped at once; the run ends with the last one that still runs.
 *
 * What is ignored: a step that is delivered again after it was finished; a step of a run that has ended or is to stop; a
 * result that comes after a cancel; a phase that a run is to enter after it was asked to stop; a second end of a run. A
 * step whose worker has died waits again and begins with what it had kept: this is no failure of the run.
 *
 * `TrainingRun.phase` is for people: what the run is doing now. It decides nothing.
 */

/** A run as its stages see it. */
export interface PlannedRun {
  id: string;
  parameters: Prisma.JsonValue;
}

/** A step that is to be done: how many units of work it holds, and what it works on. */
export interface PlannedStep {
  units: number;
  input?: Prisma.InputJsonObject;
}

/** Steps of one kind, which several workers share; the next stage begins when all of them are finished. */
export interface Stage {
  contract: JobContract<StepPayload>;
  /** The phase that the run is in while the stage is done; a step may go on to later ones. */
  phase: TrainingPhase;
  /** The stage's steps, from what the run's earlier steps have left. None: the stage is passed over. */
  plan(db: Transaction, run: PlannedRun): PlannedStep[] | Promise<PlannedStep[]>;
}

/** What the take-snapshot step leaves: ranges that hold every slice without features, and how many heads there will be. */
export const SnapshotResult = z.object({ chunks: z.array(SliceRange), heads: z.int().min(1) });

/** What the fine-tune-base step leaves: the new base, or null where it was no better, and a new `SnapshotResult`. */
export const FineTuneResult = SnapshotResult.extend({ baseSha256: BaseSha256.nullable() });

/** What a run is made of, in order. Another step is another entry here and its task. */
export const stages: readonly Stage[] = [
  { contract: takeSnapshotJob, phase: "snapshot", plan: () => [{ units: 1 }] },
  {
    contract: fineTuneBaseJob,
    phase: "fine-tune",
    plan(_db, run) {
      const { backbone, backboneEpochs } = TrainingParameters.parse(run.parameters);
      return backbone === "frozen" ? [] : [{ units: backboneEpochs }];
    },
  },
  {
    contract: embedChunkJob,
    phase: "embed",
    async plan(db, run) {
      const { chunks } = await snapshotResult(db, run);
      return chunks.map((range) => ({ units: range.count, input: range }));
    },
  },
  {
    contract: fitHeadJob,
    phase: "fit",
    async plan(db, run) {
      const { maxEpochs } = TrainingParameters.parse(run.parameters);
      const { heads } = await snapshotResult(db, run);
      return Array.from({ length: heads }, () => ({ units: maxEpochs }));
    },
  },
  { contract: finishModelJob, phase: "calibrate", plan: () => [{ units: 4 }] },
];

/** What the steps before embedding have left: a base that was fine-tuned has no features yet, whatever its parent had. */
async function snapshotResult(db: Transaction, run: PlannedRun) {
  const steps = await db.trainingStep.findMany({
    where: { runId: run.id, kind: { in: [takeSnapshotJob.kind, fineTuneBaseJob.kind] } },
  });
  const last = steps.find(({ kind }) => kind === fineTuneBaseJob.kind) ?? steps[0];
  return SnapshotResult.parse(last?.result);
}
