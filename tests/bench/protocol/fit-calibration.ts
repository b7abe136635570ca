import { expectedCalibrationError, logLoss } from "@/lib/science/metrics/calibration";
import { type Calibration, calibratedP, sigmoid, UNCALIBRATED } from "@/lib/science/training/calibrate";

/**
 * Two ways of calibrating that the product does without: measured, they did not help after stacking (docs/protocol.md).
 */

interface CalibrationResult<Kind extends Calibration = Calibration> {
  calibration: Kind;
  /** Expected calibration error and log loss on the data of the fit; null without slices. */
  eceBefore: number | null;
  eceAfter: number | null;
  logLossBefore: number | null;
  logLossAfter: number | null;
}

/** A temperature is kept within these, so that few or easy slices cannot make certainty of anything. */
const TEMPERATURE_RANGE = { low: 0.05, high: 20 } as const;

/**
 * Temperature scaling (Guo et al. 2017, arXiv:1706.04599): the temperature with the least log loss on validation
 * slices, against Platt's smoothed targets. Without them slices that separate, as those of few patients often do,
 * would ask for certainty. The loss is convex in 1 / temperature, so its slope is bisected. 1 where the slices are of
 * one class.
 *
 * Example: margins +2 and -2, each right 3 times of 4 -> targets 5/6 and 1/6, so sigmoid(2 / T) = 2/3 and
 * T = 2 / ln 2 = 2.885.
 */
export function fitTemperature(
  margins: ArrayLike<number>,
  truth: ArrayLike<number>,
): CalibrationResult<Extract<Calibration, { method: "temperature" }>> {
  let temperature = 1;
  if (hasBothClasses(truth)) {
    const targets = smoothedTargets(truth);
    let low = 1 / TEMPERATURE_RANGE.high;
    let high = 1 / TEMPERATURE_RANGE.low;
    for (let step = 0; step < 60; step++) {
      const middle = (low + high) / 2;
      if (lossSlope(margins, targets, middle) < 0) low = middle;
      else high = middle;
    }
    temperature = 2 / (low + high);
  }
  return withFigures(margins, truth, { method: "temperature", temperature });
}

/**
 * Platt scaling (Platt 1999) by the Newton method of Lin, Lin and Weng (2007, doi:10.1007/s10994-007-5018-6), whose
 * smoothed targets keep it finite where the classes separate. The identity where the slices are of one class.
 */
export function fitPlatt(
  margins: ArrayLike<number>,
  truth: ArrayLike<number>,
): CalibrationResult<Extract<Calibration, { method: "platt" }>> {
  if (!hasBothClasses(truth)) return withFigures(margins, truth, { method: "platt", slope: 1, intercept: 0 });

  const targets = smoothedTargets(truth);
  let slope = 0;
  let intercept = 0;
  let loss = softLoss(margins, targets, slope, intercept);
  for (let iteration = 0; iteration < 100; iteration++) {
    const newton = newtonStep(margins, targets, slope, intercept);
    if (newton.gradient < 1e-10 * truth.length) break;
    let scale = 1;
    let next = loss;
    for (; scale >= 1e-10; scale /= 2) {
      next = softLoss(margins, targets, slope + scale * newton.slope, intercept + scale * newton.intercept);
      if (next < loss) break;
    }
    if (!(next < loss)) break;
    slope += scale * newton.slope;
    intercept += scale * newton.intercept;
    loss = next;
  }
  return withFigures(margins, truth, { method: "platt", slope, intercept });
}

function withFigures<Kind extends Calibration>(
  margins: ArrayLike<number>,
  truth: ArrayLike<number>,
  calibration: Kind,
): CalibrationResult<Kind> {
  const before = calibratedP(margins, UNCALIBRATED);
  const after = calibratedP(margins, calibration);
  return {
    calibration,
    eceBefore: expectedCalibrationError(truth, before),
    eceAfter: expectedCalibrationError(truth, after),
    logLossBefore: logLoss(truth, before),
    logLossAfter: logLoss(truth, after),
  };
}

/** Platt's targets: what a class of so few slices lets one believe, (tumor + 1) / (tumor + 2) and 1 / (others + 2). */
function smoothedTargets(truth: ArrayLike<number>): Float64Array {
  let tumor = 0;
  for (let slice = 0; slice < truth.length; slice++) tumor += truth[slice]!;
  const noTumor = truth.length - tumor;
  return Float64Array.from(truth, (value) => (value ? (tumor + 1) / (tumor + 2) : 1 / (noTumor + 2)));
}

/** Derivative of the summed log loss by the inverse temperature. */
function lossSlope(margins: ArrayLike<number>, targets: Float64Array, inverse: number): number {
  let sum = 0;
  for (let slice = 0; slice < margins.length; slice++) {
    sum += (sigmoid(inverse * margins[slice]!) - targets[slice]!) * margins[slice]!;
  }
  return sum;
}

function newtonStep(margins: ArrayLike<number>, targets: Float64Array, slope: number, intercept: number) {
  // A small ridge keeps the Hessian invertible where all margins are equal.
  let [h11, h22, h12, g1, g2] = [1e-12, 1e-12, 0, 0, 0];
  for (let slice = 0; slice < margins.length; slice++) {
    const margin = margins[slice]!;
    const p = sigmoid(slope * margin + intercept);
    const curvature = p * (1 - p);
    h11 += margin * margin * curvature;
    h12 += margin * curvature;
    h22 += curvature;
    g1 += margin * (p - targets[slice]!);
    g2 += p - targets[slice]!;
  }
  const determinant = h11 * h22 - h12 * h12;
  return {
    slope: -(h22 * g1 - h12 * g2) / determinant,
    intercept: -(h11 * g2 - h12 * g1) / determinant,
    gradient: Math.max(Math.abs(g1), Math.abs(g2)),
  };
}

function softLoss(
  margins: ArrayLike<number>,
  targets: Float64Array,
  slope: number,
  intercept: number,
): number {
  let sum = 0;
  for (let slice = 0; slice < margins.length; slice++) {
    const logit = slope * margins[slice]! + intercept;
    sum += Math.max(logit, 0) - targets[slice]! * logit + Math.log1p(Math.exp(-Math.abs(logit)));
  }
  return sum;
}

function hasBothClasses(truth: ArrayLike<number>): boolean {
  let tumor = 0;
  for (let slice = 0; slice < truth.length; slice++) tumor += truth[slice]!;
  return tumor > 0 && tumor < truth.length;
}
