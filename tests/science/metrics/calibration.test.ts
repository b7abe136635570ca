import { expect, test } from "vitest";
import {
  brierScore,
  eceIfCalibrated,
  expectedCalibrationError,
  logLoss,
  reliabilityBins,
} from "@/lib/science/metrics/calibration";

test("the Brier score agrees with scikit-learn's documented example", () => {
  expect(brierScore([0, 1, 1, 0], [0.1, 0.9, 0.8, 0.3])).toBeCloseTo(0.0375, 12);
});

test("log loss agrees with scikit-learn's documented example", () => {
  // log_loss(["spam", "ham", "ham", "spam"], [[.1, .9], [.9, .1], [.8, .2], [.35, .65]]) = 0.21616
  expect(logLoss([1, 0, 0, 1], [0.9, 0.1, 0.2, 0.65])).toBeCloseTo(0.21616, 5);
});

test("calibration error weighs each bin's distance by its slices", () => {
  // Bin 14: mean 0.95, share 1/2. Bin 1: mean 0.1, share 1/3.
  const error = expectedCalibrationError([1, 0, 0, 0, 1], [0.95, 0.95, 0.1, 0.1, 0.1]);
  expect(error).toBeCloseTo((2 * 0.45 + 3 * (1 / 3 - 0.1)) / 5, 12);
});

test("there are 15 equal bins, the last holding 1, and empty ones say nothing", () => {
  const bins = reliabilityBins([0, 1, 1], [0, 1, 1 / 15]);
  expect(bins).toHaveLength(15);
  expect(bins[0]).toEqual({ low: 0, high: 1 / 15, slices: 1, meanP: 0, tumorShare: 0 });
  expect(bins[1]).toMatchObject({ slices: 1, tumorShare: 1 });
  expect(bins[14]).toMatchObject({ low: 14 / 15, high: 1, slices: 1, meanP: 1, tumorShare: 1 });
  expect(bins[7]).toMatchObject({ slices: 0, meanP: null, tumorShare: null });
});

test("a perfectly calibrated classifier shows an error too, the larger the fewer the slices", () => {
  // One slice at 0.5 is half a slice off whatever it is; one that is certain never is.
  expect(eceIfCalibrated([0.5])).toEqual({ value: 0.5, high: 0.5 });
  expect(eceIfCalibrated([0, 1, 1])).toEqual({ value: 0, high: 0 });
  // Of n slices at 0.5 the tumor share is off by sqrt(1 / (2 pi n)) in the mean, by 1.96 / (2 sqrt(n)) in one of twenty.
  const { value, high } = eceIfCalibrated(new Array(400).fill(0.5), { draws: 4000 });
  expect(value).toBeCloseTo(Math.sqrt(1 / (2 * Math.PI * 400)), 3);
  expect(Math.abs(high! - 1.96 / 40)).toBeLessThan(0.003);
  expect(eceIfCalibrated([0.3, 0.8], { seed: 7 })).toEqual(eceIfCalibrated([0.3, 0.8], { seed: 7 }));
});

test("without slices every figure is null", () => {
  expect(eceIfCalibrated([])).toEqual({ value: null, high: null });
  expect(brierScore([], [])).toBeNull();
  expect(expectedCalibrationError([], [])).toBeNull();
  expect(logLoss([], [])).toBeNull();
});
