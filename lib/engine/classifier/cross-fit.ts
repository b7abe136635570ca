import type { TrainingParameters } from "@/lib/records/training-parameters";

import { type ClassifierWeights, roundHead, roundStacking } from "@/lib/science/network/classifier-artifact";
import { FEATURE_LENGTH, type HeadWeights, initialHead } from "@/lib/science/network/head";
import { evidenceNames, type SliceOutput, studyEvidence } from "@/lib/science/network/study-evidence";
import type { Folds } from "@/lib/science/training/assign-folds";
import { tumorMargins } from "@/lib/science/training/calibrate";
import { type EpochReport, fitHead, type LabelledFeatures } from "@/lib/science/training/fit-head";
import { fitStacking } from "@/lib/science/training/fit-stacking";
import type { HeadCheckpoint } from "@/lib/science/training/fit-state";
import { groupBy } from "@/lib/science/training/group-by";
import { headLogits } from "@/lib/science/training/head-logits";
import { seedOf } from "@/lib/science/training/random";
import type { SliceEmbedding } from "../embedding/embed-slices";
import { pickBackend } from "../tensors/backend";

/**
 * How every model of the product is made, the shipped one too: a head for each fold of patients, fitted on the
 * others; then stacking, on what the heads say of patients that they have not seen (docs/decisions/0013).
 */

/** A slice that a model learns from. */
export interface LearningSlice {
  /** The patient's hashed key: folds are assigned by it. */
  hashedKey: string;
  /** Tells studies apart. */
  studyKey: string;
  position: number;
  /** 1 for tumor; null for a slice that is only looked at as a neighbour. */
  truth: 0 | 1 | null;
  /** What it weighs in the losses, above 0. */
  weight: number;
  embedding: SliceEmbedding;
}

export interface LearningSet {
  slices: readonly LearningSlice[];
  folds: Folds;
}

export interface FitFoldHeadInput extends LearningSet {
  /** From 0, below the number of folds. */
  headIndex: number;
  parameters: TrainingParameters;
  /** The run's; each head's own follows from it. */
  seed: number;
  /** Of the same head, interrupted after an epoch: goes on to the same numbers. */
  resumeFrom?: HeadCheckpoint;
  signal?: AbortSignal;
  onEpoch?: (report: EpochReport, checkpoint: () => HeadCheckpoint) => void | Promise<void>;
}

export interface FoldHead {
  /** Rounded as its artifact stores it. */
  head: HeadWeights;
  epochs: number;
  bestEpoch: number;
  /** On the fold that it was not fitted on. */
  validationLoss: number;
}

/** Fits the head that leaves one fold out. The same input gives the same numbers on the same backend. */
export async function fitFoldHead(input: FitFoldHeadInput): Promise<FoldHead> {
  const { slices, folds, headIndex, parameters, resumeFrom, signal, onEpoch } = input;
  const { tf } = await pickBackend();
  const seed = seedOf("head", input.seed, headIndex);
  const isLeftOut = ({ hashedKey }: LearningSlice) => folds.of.get(hashedKey) === headIndex;
  const { learningRate, weightDecay, batchSize, dropout, maxEpochs, patience } = parameters;
  const fitted = await fitHead(tf, {
    train: featuresOf(slices.filter((slice) => !isLeftOut(slice))),
    validation: featuresOf(slices.filter(isLeftOut)),
    initial: initialHead(seed),
    options: { seed, learningRate, weightDecay, batchSize, dropout, maxEpochs, patience, classWeights: null },
    resumeFrom,
    signal,
    onEpoch,
  });
  return { ...fitted, head: roundHead(fitted.head) };
}

/** Fits the head of each fold, one after the other, then the stacking over them. Calls `onHead` after each head. */
export async function crossFit(
  set: LearningSet,
  parameters: TrainingParameters,
  seed: number,
  { signal, onHead }: { signal?: AbortSignal; onHead?: (fitted: FoldHead, headIndex: number) => void } = {},
): Promise<{ heads: FoldHead[]; stacked: StackedHeads }> {
  const heads: FoldHead[] = [];
  for (let headIndex = 0; headIndex < set.folds.count; headIndex++) {
    const fitted = await fitFoldHead({ ...set, headIndex, parameters, seed, signal });
    heads.push(fitted);
    onHead?.(fitted, headIndex);
  }
  const stacked = await stackFoldHeads(
    set,
    heads.map(({ head }) => head),
    parameters,
    signal,
  );
  return { heads, stacked };
}

export interface StackedHeads {
  weights: ClassifierWeights;
  /** P(tumor) at and above this is called tumor. */
  threshold: number;
  /** P(tumor) of each labelled slice whose patient has a fold, by heads and stacking not fitted on that patient. */
  outOfFold: { slice: LearningSlice; p: number }[];
}

/**
 * Stacks the heads of all folds, in the order of their index, to one classifier. It is fitted only on patients that are
 * assigned to a fold. The same input gives the same numbers.
 */
export async function stackFoldHeads(
  { slices, folds }: LearningSet,
  heads: readonly HeadWeights[],
  parameters: TrainingParameters,
  signal?: AbortSignal,
): Promise<StackedHeads> {
  const assigned = slices.filter(({ hashedKey }) => folds.of.get(hashedKey) !== null);
  const margins = await outOfFoldMargins(assigned, folds, heads, signal);
  const rows: { slice: LearningSlice; evidence: Float64Array }[] = [];
  for (const study of groupBy(assigned, ({ studyKey }) => studyKey).values()) {
    const evidence = studyEvidence(study.map((slice) => outputOf(slice, margins.get(slice)!)));
    const width = evidence.length / study.length;
    for (const [index, slice] of study.entries())
      rows.push({ slice, evidence: evidence.subarray(index * width, (index + 1) * width) });
  }
  const labelled = rows.filter(({ slice }) => slice.truth !== null);
  const width = labelled[0]!.evidence.length;
  const evidence = new Float64Array(labelled.length * width);
  for (const [row, { evidence: own }] of labelled.entries()) evidence.set(own, row * width);

  const { targetSensitivity } = parameters;
  const fitted = fitStacking(
    {
      evidence,
      truth: Uint8Array.from(labelled, ({ slice }) => slice.truth!),
      fold: Uint8Array.from(labelled, ({ slice }) => folds.of.get(slice.hashedKey)!),
      weights: Float32Array.from(labelled, ({ slice }) => slice.weight),
    },
    { goal: targetSensitivity === null ? undefined : { kind: "sensitivity", atLeast: targetSensitivity } },
  );
  const { gapLogit, maskLogits } = labelled[0]!.slice.embedding;
  const names = evidenceNames({ hasGap: gapLogit !== null, hasMask: maskLogits !== null });
  return {
    weights: { heads, stacking: roundStacking({ names, ...fitted.stacking }) },
    threshold: fitted.threshold.threshold,
    outOfFold: labelled.map(({ slice }, row) => ({ slice, p: fitted.outOfFold[row]! })),
  };
}

/** What the network says of a slice, with the heads' margin. */
export function outputOf(
  { position, embedding }: { position: number; embedding: SliceEmbedding },
  headMargin: number,
): SliceOutput {
  return { position, headMargin, gapLogit: embedding.gapLogit, maskLogits: embedding.maskLogits };
}

async function outOfFoldMargins(
  assigned: readonly LearningSlice[],
  folds: Folds,
  heads: readonly HeadWeights[],
  signal?: AbortSignal,
): Promise<Map<LearningSlice, number>> {
  const { tf } = await pickBackend();
  const margins = new Map<LearningSlice, number>();
  for (const [index, head] of heads.entries()) {
    const own = assigned.filter(({ hashedKey }) => folds.of.get(hashedKey) === index);
    if (own.length === 0) continue;
    const found = tumorMargins(await headLogits(tf, head, featureRows(own), signal));
    for (const [row, slice] of own.entries()) margins.set(slice, found[row]!);
  }
  return margins;
}

function featuresOf(slices: readonly LearningSlice[]): LabelledFeatures {
  const labelled = slices.filter(({ truth }) => truth !== null);
  return {
    features: featureRows(labelled),
    truth: Uint8Array.from(labelled, ({ truth }) => truth!),
    weights: Float32Array.from(labelled, ({ weight }) => weight),
  };
}

function featureRows(slices: readonly LearningSlice[]): Float32Array {
  const features = new Float32Array(slices.length * FEATURE_LENGTH);
  for (const [row, { embedding }] of slices.entries()) features.set(embedding.features, row * FEATURE_LENGTH);
  return features;
}
