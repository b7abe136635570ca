import { z } from "zod";
import type { Cohort } from "@/lib/platform/generated/enums";
import type { JobView } from "@/lib/records/job-view";
import type { RunNote } from "@/lib/records/run-notes";
import { TrainingParameters } from "@/lib/records/training-parameters";
import type { SplitCount } from "../snapshots/schema";

export const RequestTraining = z.strictObject({
  /** Where it is not given: real patients if any are labelled, else phantoms. */
  cohort: z.enum(["REAL", "PHANTOM"]).optional(),
  reason: z.string().trim().max(1000).optional(),
  seed: z
    .number()
    .int()
    .min(0)
    .max(2 ** 31 - 1)
    .default(1),
  parameters: TrainingParameters.partial().default({}),
});
export type RequestTraining = z.input<typeof RequestTraining>;

export const RunId = z.strictObject({ runId: z.uuid() });

export const trainingPhases = [
  "snapshot",
  "fine-tune",
  "embed",
  "fit",
  "calibrate",
  "evaluate",
  "register",
] as const;
export type TrainingPhase = (typeof trainingPhases)[number];

/** In the place of a head's index: epochs of the base network. */
export const baseEpochs = -1;

export interface EpochView {
  /** Which of the run's heads, from 0; {@link baseEpochs} for the base network itself. */
  head: number;
  epoch: number;
  trainLoss: number;
  validationLoss: number;
  validationAuc: number | null;
  durationMs: number;
}

/** One step of a run, which one worker does by itself. */
export interface StepView {
  /** `take-snapshot`, `embed-chunk`, `fit-head`, `finish-model` */
  kind: string;
  /** The phase that such steps begin. */
  phase: TrainingPhase;
  /** From 0 among the run's steps of its kind. */
  index: number;
  /** `stopped`: its run ended before it was done. */
  state: "waiting" | "running" | "done" | "stopped";
  /** Who does it, or did it last; null before it was started. */
  worker: string | null;
  /** Of work. */
  seconds: number;
  backboneRuns: number;
  /** Units of work done: slices, epochs. */
  done: number;
  total: number;
  /** More than one after a worker died in the middle. */
  attempts: number;
}

export interface LogLine {
  id: string;
  at: Date;
  /** Null for the system itself. */
  worker: string | null;
  text: string;
}

export interface RunRow {
  id: string;
  number: number;
  cohort: Cohort;
  reason: string | null;
  /** Null for the command line. */
  requestedBy: string | null;
  /** Null for the command line. */
  requestedById: string | null;
  phase: TrainingPhase | null;
  job: JobView | null;
  modelId: string | null;
  modelNumber: number | null;
  createdAt: Date;
  finishedAt: Date | null;
}

export interface RunView extends RunRow {
  parameters: TrainingParameters;
  /** The base that its head stands on; null while no one has chosen it. */
  base: { sha256: string; name: string } | null;
  seed: number;
  /** TensorFlow.js backend that fitted it, with what was considered and why not taken. */
  backend: {
    name: string;
    version: string;
    considered: { name: string; taken: boolean; reason: string }[];
  } | null;
  /** Seconds of work, summed over the steps. */
  secondsByPhase: Partial<Record<TrainingPhase, number>>;
  /** Seconds by the clock, waiting included. */
  clockSecondsByPhase: Partial<Record<TrainingPhase, number>>;
  /** In the order in which they were queued; later stages' are not there yet. */
  steps: StepView[];
  /** Runs that were asked for earlier and have not ended: they come first. */
  runsAhead: number;
  /** The newest run of the cohort that has made a model, and its seconds of work: what the phases to come may take. */
  lastRun: { number: number; secondsByPhase: Partial<Record<TrainingPhase, number>> } | null;
  /** Images the backbone ran on for this run. */
  backboneRuns: number;
  /** What it can and cannot show. */
  notes: RunNote[];
  /** What it learned from; null until it is frozen. */
  snapshotId: string | null;
  snapshotHash: string | null;
  split: SplitCount[];
  /** Of the heads. */
  epochs: EpochView[];
  /** Of the base, where it was fine-tuned; its losses are those of class and mask together. */
  baseEpochs: EpochView[];
}

/** Where a base network could learn. */
export interface FineTuningOutlook {
  /** Whether a worker has a graphics processor for it; null where no worker has said so yet. */
  gpu: boolean | null;
  /** TensorFlow.js backend of that worker, else of any; null where none has said. */
  backend: string | null;
  /** Why the backends on a graphics processor were not taken. */
  reasons: string[];
}

/** What the training page says before a run is asked for. */
export interface TrainingOutlook {
  fineTuning: FineTuningOutlook;
  cohorts: {
    cohort: Cohort;
    patients: number;
    labelledSlices: number;
    /** Of both, those kept for testing: no model learns from them. */
    testPatients: number;
    testSlices: number;
    /** What the model in production has not learned from (lib/records/new-labels.ts). */
    newLabels: number;
  }[];
}
