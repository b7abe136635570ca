import { expect, test } from "vitest";
import { classificationReport, confusionAt, confusionFigures } from "@/lib/science/metrics/confusion";

test("slices are counted by truth and by being at or above the threshold", () => {
  const counts = confusionAt([1, 1, 1, 0, 0, 0, 1, 0], [0.9, 0.5, 0.4, 0.6, 0.1, 0.49, 0.2, 0], 0.5);
  expect(counts).toEqual({ tp: 2, fp: 1, tn: 3, fn: 2 });
});

test("figures of a confusion matrix agree with hand-worked numbers", () => {
  const figures = confusionFigures({ tp: 2, fp: 1, tn: 3, fn: 2 });
  expect(figures.accuracy).toBeCloseTo(5 / 8, 12);
  expect(figures.balancedAccuracy).toBeCloseTo((1 / 2 + 3 / 4) / 2, 12);
  expect(figures.sensitivity).toBeCloseTo(1 / 2, 12);
  expect(figures.specificity).toBeCloseTo(3 / 4, 12);
  expect(figures.precision).toBeCloseTo(2 / 3, 12);
  expect(figures.f1).toBeCloseTo(4 / 7, 12);
});

test("the classification report agrees with hand-worked numbers", () => {
  const report = classificationReport({ tp: 3, fp: 2, tn: 4, fn: 1 });
  expect(report.tumor).toEqual({ precision: 3 / 5, recall: 3 / 4, f1: 6 / 9, support: 4 });
  expect(report.noTumor).toEqual({ precision: 4 / 5, recall: 4 / 6, f1: 8 / 11, support: 6 });
  expect(report.macro.precision).toBeCloseTo(0.7, 12);
  expect(report.macro.recall).toBeCloseTo((3 / 4 + 4 / 6) / 2, 12);
  expect(report.weighted.precision).toBeCloseTo((4 * 0.6 + 6 * 0.8) / 10, 12);
  expect(report.weighted.recall).toBeCloseTo(0.7, 12); // weighted recall is the accuracy
  expect(report.weighted.f1).toBeCloseTo((4 * (6 / 9) + 6 * (8 / 11)) / 10, 12);
  expect(report.weighted.support).toBe(10);
});

test("what a confusion matrix leaves undefined is null", () => {
  const onlyHealthy = confusionFigures({ tp: 0, fp: 0, tn: 5, fn: 0 });
  expect(onlyHealthy).toEqual({
    accuracy: 1,
    balancedAccuracy: null,
    sensitivity: null,
    specificity: 1,
    precision: null,
    f1: null,
  });
  const nothingFound = classificationReport({ tp: 0, fp: 0, tn: 5, fn: 2 });
  expect(nothingFound.tumor).toEqual({ precision: null, recall: 0, f1: 0, support: 2 });
  expect(nothingFound.macro.precision).toBeNull();
  expect(nothingFound.macro.recall).toBeCloseTo(0.5, 12);
  expect(classificationReport({ tp: 0, fp: 0, tn: 0, fn: 0 }).weighted.f1).toBeNull();
});
