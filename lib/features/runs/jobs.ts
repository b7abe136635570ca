import { z } from "zod";
import { jobContract } from "@/lib/platform/jobs";
import type { TrainingParameters } from "@/lib/records/training-parameters";

/** The parent job of a training run; its steps are the children (stages.ts). */
export const trainModelKind = "train-model";

/** Which step of which run: `index` counts from 0 within the run and kind. */
export const StepPayload = z.strictObject({ runId: z.uuid(), index: z.int().min(0) });
export type StepPayload = z.infer<typeof StepPayload>;

/** A step of a run by its name: what its job and its row are found by. */
export interface StepName extends StepPayload {
  kind: string;
}

/** Freezes what a run learns from. */
export const takeSnapshotJob = jobContract("take-snapshot", StepPayload);
/** Fine-tunes the base network of a run. */
export const fineTuneBaseJob = jobContract("fine-tune-base", StepPayload);
/** Makes the features that some slices of a run lack. */
export const embedChunkJob = jobContract("embed-chunk", StepPayload);
/** Fits one head of a run. */
export const fitHeadJob = jobContract("fit-head", StepPayload);
/** Stacks a run's heads, calibrates, evaluates and registers the candidate. */
export const finishModelJob = jobContract("finish-model", StepPayload);

/** What of the base learns. */
type FineTuneScope = Exclude<TrainingParameters["backbone"], "frozen">;

declare module "@/lib/platform/progress" {
  interface ProgressMessages {
    runs:
      | { code: "freezing-labels" }
      | { code: "measuring-fine-tuning"; scope: FineTuneScope }
      /** Seconds at most. */
      | { code: "fine-tuning-takes"; scope: FineTuneScope; seconds: number }
      | {
          code: "fine-tuning";
          scope: FineTuneScope;
          epoch: number;
          maxEpochs: number;
          slice: number;
          slices: number;
          slicesPerSecond: number;
        }
      | { code: "embedding-slices" }
      /** Heads are counted from 1. */
      | { code: "reading-features"; head: number }
      | { code: "fitting-head"; head: number; epoch: number; maxEpochs: number }
      | { code: "reading-heads" }
      | { code: "stacking-heads" }
      | { code: "scoring-test-patients" }
      | { code: "entering-candidate" };
  }
}
