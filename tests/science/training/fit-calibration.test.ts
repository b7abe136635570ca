import { expect, test } from "vitest";
import { logLoss } from "@/lib/science/metrics/calibration";
import { type Calibration, calibratedP } from "@/lib/science/training/calibrate";
import { normal, seededRandom } from "@/lib/science/training/random";
import { fitPlatt, fitTemperature } from "../../bench/protocol/fit-calibration";

/** Margins whose true P(tumor) is sigmoid(slope * margin + intercept). */
function madeUpMargins(slices: number, slope: number, intercept: number) {
  const random = seededRandom(1);
  const margins = Float64Array.from({ length: slices }, () => 4 * normal(random));
  const truth = Uint8Array.from(margins, (margin) =>
    random() < 1 / (1 + Math.exp(-(slope * margin + intercept))) ? 1 : 0,
  );
  return { margins, truth };
}

test("the temperature agrees with a hand-worked case", () => {
  const margins = [2, 2, 2, 2, -2, -2, -2, -2];
  const truth = [1, 1, 1, 0, 0, 0, 0, 1];
  const { calibration, eceAfter, eceBefore } = fitTemperature(margins, truth);
  // Targets are 5/6 and 1/6, so 3 of 4 right is a mean of (3 * 5/6 + 1/6) / 4 = 2/3.
  expect(calibration.temperature).toBeCloseTo(2 / Math.log(2), 6);
  expect(calibratedP([2], calibration)[0]).toBeCloseTo(2 / 3, 6);
  expect(eceBefore).toBeCloseTo(1 / (1 + Math.exp(-2)) - 0.75, 9);
  expect(eceAfter).toBeCloseTo(0.75 - 2 / 3, 6);
});

test("an overconfident head is cooled to the temperature that made it so", () => {
  const { margins, truth } = madeUpMargins(20_000, 0.4, 0);
  const { calibration, eceBefore, eceAfter, logLossBefore, logLossAfter } = fitTemperature(margins, truth);
  expect(calibration.temperature).toBeGreaterThan(2.4);
  expect(calibration.temperature).toBeLessThan(2.6);
  expect(eceAfter!).toBeLessThan(eceBefore! / 5);
  expect(logLossAfter!).toBeLessThan(logLossBefore!);
  // Nothing near it is better.
  for (const factor of [0.9, 1.1]) {
    const other: Calibration = { method: "temperature", temperature: calibration.temperature * factor };
    expect(logLoss(truth, calibratedP(margins, other))!).toBeGreaterThan(logLossAfter!);
  }
});

test("Platt scaling finds slope and intercept, and stays finite where classes separate", () => {
  const { margins, truth } = madeUpMargins(20_000, 0.5, -1);
  const { calibration } = fitPlatt(margins, truth);
  expect(calibration.slope).toBeCloseTo(0.5, 1);
  expect(calibration.intercept).toBeCloseTo(-1, 1);

  // Two smoothed targets, 2/3 and 1/3, at margins 1 and -1: slope ln 2, intercept 0.
  const separated = fitPlatt([1, -1], [1, 0]).calibration;
  expect(separated.slope).toBeCloseTo(Math.log(2), 6);
  expect(separated.intercept).toBeCloseTo(0, 6);
});

test("slices that separate do not ask for certainty", () => {
  // Targets 2/3 and 1/3 at margins 1 and -1.
  expect(fitTemperature([1, -1], [1, 0]).calibration.temperature).toBeCloseTo(1 / Math.log(2), 6);
});

test("temperatures stay within bounds: tiny margins, and a head that is always wrong", () => {
  expect(fitTemperature([0.01, -0.01], [1, 0]).calibration.temperature).toBeCloseTo(0.05, 6);
  expect(fitTemperature([1, -1], [0, 1]).calibration.temperature).toBeCloseTo(20, 6);
});

test("one class, or none, leaves P as it is", () => {
  expect(fitTemperature([3, 2], [1, 1]).calibration.temperature).toBe(1);
  expect(fitTemperature([], [])).toEqual({
    calibration: { method: "temperature", temperature: 1 },
    eceBefore: null,
    eceAfter: null,
    logLossBefore: null,
    logLossAfter: null,
  });
  expect(fitPlatt([3], [0]).calibration).toEqual({ method: "platt", slope: 1, intercept: 0 });
});
