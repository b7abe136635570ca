import type { TrainingParameters } from "@/lib/features/training/schema";
import { type HeadWeights, initialHead } from "@/lib/science/network/head";
import { type EpochReport, fitHead } from "@/lib/science/training/fit-head";
import type { HeadCheckpoint } from "@/lib/science/training/fit-state";
import { seedOf } from "@/lib/science/training/random";
import { pickBackend } from "./backend";
import { type EmbeddedSlices, labelledFeatures } from "./read-embedded";

/** One head of a run's ensemble, as it is kept between the run's steps. */
export interface EnsembleHead {
  /** In single precision. */
  head: HeadWeights;
  /** Kept beside the weights, as JSON. */
  facts: { bestEpoch: number; epochs: number; validationLoss: number };
}

export interface FitEnsembleHeadInput {
  /** The snapshot's training and validation slices, in its order. */
  embedded: EmbeddedSlices;
  /** From 0. */
  headIndex: number;
  parameters: TrainingParameters;
  /** The run's. */
  seed: number;
  /** Of the same head, interrupted after an epoch: goes on to the same numbers. */
  resumeFrom?: HeadCheckpoint;
  /** Looked at before each batch; its reason is thrown. */
  signal: AbortSignal;
  /** Called, and awaited, after each epoch. */
  onEpoch(report: EpochReport, checkpoint: () => HeadCheckpoint): Promise<void>;
}

/**
 * Fits one head of a run: on the training slices, stopping early on validation. The first head has the run's seed, the
 * others seeds that follow from it and their index.
 */
export async function fitEnsembleHead(input: FitEnsembleHeadInput): Promise<EnsembleHead> {
  const { embedded, headIndex, parameters, resumeFrom, signal, onEpoch } = input;
  const { tf } = await pickBackend();
  const { heads: _, ...options } = parameters;
  const seed = headIndex === 0 ? input.seed : seedOf("head", input.seed, headIndex);
  const { head, bestEpoch, epochs, validationLoss } = await fitHead(tf, {
    train: labelledFeatures(embedded, "TRAIN"),
    validation: labelledFeatures(embedded, "VALIDATION"),
    initial: initialHead(seed),
    options: { ...options, seed, classWeights: null },
    resumeFrom,
    signal,
    onEpoch,
  });
  return { head, facts: { bestEpoch, epochs, validationLoss } };
}
