import { type BootstrapOptions, bootstrapPatients, type Interval } from "./bootstrap";
import type { Figure } from "./figure";

/** What is known of one patient's masks; pixel counts are summed over slices. */
export interface PatientMaskTally {
  slices: number;
  /** Slices whose true mask holds tumor. */
  tumorSlices: number;
  /** Pixels in both masks. */
  sharedPixels: number;
  proposedPixels: number;
  truePixels: number;
  /** Sum over tumor slices of the slice's Dice. */
  tumorSliceDiceSum: number;
  /** Proposed pixels on slices whose true mask is empty. */
  emptySliceProposedPixels: number;
}

/** Masks counted so far, by patient. */
export type MaskTally = Map<string, PatientMaskTally>;

export interface MaskFigures {
  patients: number;
  slices: number;
  tumorSlices: number;
  /** Dice over the pixels of all slices together. */
  pooled: Figure;
  /** Mean over patients of the Dice of the whole volume. */
  patientMean: Figure;
  /** Mean over slices with tumor of the slice's Dice. */
  tumorSliceMean: Figure;
  /** Proposed pixels on a slice without tumor, mean per such slice. */
  emptySliceFalsePositivePixels: Figure;
}

/**
 * Overlap of two masks of the same size, any non-zero value being tumor: 2 |A and B| / (|A| + |B|) (Dice 1945).
 * Null where both are empty. Throws a `RangeError` where sizes differ.
 *
 * @example
 * dice([1, 1, 0, 0], [0, 1, 1, 0]) // (2 * 1) / (2 + 2)
 */
export function dice(first: ArrayLike<number>, second: ArrayLike<number>): number | null {
  const { shared, proposed, truth } = countPixels(first, second);
  return diceOfCounts(shared, proposed, truth);
}

/** Counts one slice: `proposed` and `truth` are `[pixels]` of one size, non-zero being tumor. */
export function tallyMasks(
  tally: MaskTally,
  patient: string,
  proposed: ArrayLike<number>,
  truth: ArrayLike<number>,
): void {
  const pixels = countPixels(proposed, truth);
  let counts = tally.get(patient);
  if (!counts) {
    counts = {
      slices: 0,
      tumorSlices: 0,
      sharedPixels: 0,
      proposedPixels: 0,
      truePixels: 0,
      tumorSliceDiceSum: 0,
      emptySliceProposedPixels: 0,
    };
    tally.set(patient, counts);
  }
  counts.slices++;
  counts.sharedPixels += pixels.shared;
  counts.proposedPixels += pixels.proposed;
  counts.truePixels += pixels.truth;
  if (pixels.truth > 0) {
    counts.tumorSlices++;
    counts.tumorSliceDiceSum += (2 * pixels.shared) / (pixels.proposed + pixels.truth);
  } else {
    counts.emptySliceProposedPixels += pixels.proposed;
  }
}

/** Dice of one patient's whole volume; null where neither mask holds a pixel. */
export function patientDice({ sharedPixels, proposedPixels, truePixels }: PatientMaskTally): number | null {
  return diceOfCounts(sharedPixels, proposedPixels, truePixels);
}

/** All mask figures with their patient-bootstrap intervals; null without a mask. */
export function maskFigures(tally: MaskTally, options: BootstrapOptions): MaskFigures | null {
  if (tally.size === 0) return null;
  const patients = [...tally.values()];
  const statistics = (weights: ArrayLike<number>) => figuresOf(patients, weights);
  const intervals = bootstrapPatients(patients.length, statistics, options);
  const values = statistics(new Uint16Array(patients.length).fill(1));
  const figure = (index: number): Figure => ({ value: values[index]!, ...(intervals[index] as Interval) });
  return {
    patients: patients.length,
    slices: patients.reduce((sum, { slices }) => sum + slices, 0),
    tumorSlices: patients.reduce((sum, { tumorSlices }) => sum + tumorSlices, 0),
    pooled: figure(0),
    patientMean: figure(1),
    tumorSliceMean: figure(2),
    emptySliceFalsePositivePixels: figure(3),
  };
}

/** Pooled Dice, patient mean, tumor slice mean, false-positive pixels per empty slice. */
function figuresOf(patients: PatientMaskTally[], weights: ArrayLike<number>): (number | null)[] {
  let shared = 0;
  let proposed = 0;
  let truth = 0;
  let patientSum = 0;
  let patientCount = 0;
  let tumorSliceSum = 0;
  let tumorSlices = 0;
  let emptyPixels = 0;
  let emptySlices = 0;
  for (const [index, counts] of patients.entries()) {
    const weight = weights[index]!;
    if (weight === 0) continue;
    shared += weight * counts.sharedPixels;
    proposed += weight * counts.proposedPixels;
    truth += weight * counts.truePixels;
    const own = patientDice(counts);
    if (own !== null) {
      patientSum += weight * own;
      patientCount += weight;
    }
    tumorSliceSum += weight * counts.tumorSliceDiceSum;
    tumorSlices += weight * counts.tumorSlices;
    emptyPixels += weight * counts.emptySliceProposedPixels;
    emptySlices += weight * (counts.slices - counts.tumorSlices);
  }
  return [
    diceOfCounts(shared, proposed, truth),
    patientCount > 0 ? patientSum / patientCount : null,
    tumorSlices > 0 ? tumorSliceSum / tumorSlices : null,
    emptySlices > 0 ? emptyPixels / emptySlices : null,
  ];
}

function countPixels(first: ArrayLike<number>, second: ArrayLike<number>) {
  if (first.length !== second.length) {
    throw new RangeError(`masks of ${first.length} and ${second.length} pixels cannot be compared`);
  }
  let shared = 0;
  let proposed = 0;
  let truth = 0;
  for (let index = 0; index < first.length; index++) {
    const inFirst = first[index] !== 0;
    const inSecond = second[index] !== 0;
    if (inFirst) proposed++;
    if (inSecond) truth++;
    if (inFirst && inSecond) shared++;
  }
  return { shared, proposed, truth };
}

function diceOfCounts(shared: number, proposed: number, truth: number): number | null {
  return proposed + truth > 0 ? (2 * shared) / (proposed + truth) : null;
}
