import { seededRandom, seedOf } from "../training/random";

/** Equal-width bins of P(tumor) that the expected calibration error is taken over. */
export const CALIBRATION_BINS = 15;

/** Slices whose P(tumor) lies in [low, high), the last bin including 1. Means are null in an empty bin. */
export interface ReliabilityBin {
  low: number;
  high: number;
  slices: number;
  meanP: number | null;
  /** Observed share of tumor slices. */
  tumorShare: number | null;
}

/** Mean squared distance of P(tumor) from the truth (Brier 1950), 0 best; null without slices. */
export function brierScore(truth: ArrayLike<number>, p: ArrayLike<number>): number | null {
  if (truth.length === 0) return null;
  let sum = 0;
  for (let index = 0; index < truth.length; index++) sum += (p[index]! - truth[index]!) ** 2;
  return sum / truth.length;
}

/** The bin of a P(tumor) in [0, 1]. */
export function calibrationBin(p: number): number {
  return Math.min(CALIBRATION_BINS - 1, Math.max(0, Math.floor(p * CALIBRATION_BINS)));
}

export function reliabilityBins(truth: ArrayLike<number>, p: ArrayLike<number>): ReliabilityBin[] {
  const slices = new Float64Array(CALIBRATION_BINS);
  const sumP = new Float64Array(CALIBRATION_BINS);
  const tumor = new Float64Array(CALIBRATION_BINS);
  for (let index = 0; index < truth.length; index++) {
    const bin = calibrationBin(p[index]!);
    slices[bin]! += 1;
    sumP[bin]! += p[index]!;
    tumor[bin]! += truth[index]!;
  }
  return Array.from(slices, (count, bin) => ({
    low: bin / CALIBRATION_BINS,
    high: (bin + 1) / CALIBRATION_BINS,
    slices: count,
    meanP: count > 0 ? sumP[bin]! / count : null,
    tumorShare: count > 0 ? tumor[bin]! / count : null,
  }));
}

/**
 * Expected calibration error: over the bins, the distance between mean P(tumor) and observed tumor share,
 * weighted by slices (Naeini et al. 2015; Guo et al. 2017, arXiv:1706.04599, there for the predicted class's
 * confidence, here for P(tumor)). 0 best; null without slices.
 */
export function expectedCalibrationError(truth: ArrayLike<number>, p: ArrayLike<number>): number | null {
  if (truth.length === 0) return null;
  let sum = 0;
  for (const { slices, meanP, tumorShare } of reliabilityBins(truth, p)) {
    if (meanP !== null && tumorShare !== null) sum += slices * Math.abs(meanP - tumorShare);
  }
  return sum / truth.length;
}

/** What the expected calibration error of a perfectly calibrated classifier would be on as few slices. */
export interface CalibratedEce {
  /** Mean over the draws. */
  value: number | null;
  /** Nineteen of twenty draws stay below. */
  high: number | null;
}

/**
 * The expected calibration error that `p` would show were it perfectly calibrated: truths are drawn from `p` itself
 * (consistency resampling; Broecker and Smith 2007, doi:10.1175/WAF993.1). Finite slices never reach 0, so an error is to
 * be read beside this one. Slices are drawn one by one; those of a patient resemble each other, so that the true
 * value is larger if anything. Null without slices. The same seed gives the same numbers.
 */
export function eceIfCalibrated(p: ArrayLike<number>, { seed = 1, draws = 500 } = {}): CalibratedEce {
  if (p.length === 0) return { value: null, high: null };
  const random = seededRandom(seedOf("ece-if-calibrated", seed));
  const truth = new Uint8Array(p.length);
  const found = Float64Array.from({ length: draws }, () => {
    for (let index = 0; index < truth.length; index++) truth[index] = random() < p[index]! ? 1 : 0;
    return expectedCalibrationError(truth, p)!;
  }).sort();
  return {
    value: found.reduce((sum, ece) => sum + ece, 0) / draws,
    high: found[Math.ceil(0.95 * draws) - 1]!,
  };
}

/** Mean negative log likelihood in nats, P(tumor) kept 1e-7 away from 0 and 1; null without slices. */
export function logLoss(truth: ArrayLike<number>, p: ArrayLike<number>): number | null {
  if (truth.length === 0) return null;
  let sum = 0;
  for (let index = 0; index < truth.length; index++) {
    const kept = Math.min(1 - 1e-7, Math.max(1e-7, p[index]!));
    sum -= truth[index] ? Math.log(kept) : Math.log(1 - kept);
  }
  return sum / truth.length;
}
