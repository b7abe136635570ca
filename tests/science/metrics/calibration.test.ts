import { expect, test } from "vitest";
import {
  brierScore,
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

test("without slices every figure is null", () => {
  expect(brierScore([], [])).toBeNull();
  expect(expectedCalibrationError([], [])).toBeNull();
  expect(logLoss([], [])).toBeNull();
});
