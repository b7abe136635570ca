import { expect, test } from "vitest";
import { confusionAt, confusionFigures } from "@/lib/science/metrics/confusion";
import { chooseThreshold } from "@/lib/science/training/choose-threshold";
import { seededRandom } from "@/lib/science/training/random";

test("by default F1 is as large as it can be, halfway between two neighbours", () => {
  const { threshold, figures, confusion } = chooseThreshold([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8]);
  expect(threshold).toBeCloseTo(0.225, 12);
  expect(figures.f1).toBeCloseTo(4 / 5, 12);
  expect(confusion).toEqual({ tp: 2, fp: 1, tn: 1, fn: 0 });
  expect(chooseThreshold([0, 0, 1, 1], [0.1, 0.2, 0.6, 0.9]).threshold).toBeCloseTo(0.4, 12);
});

test("no other threshold has a larger F1", () => {
  const random = seededRandom(6);
  const truth = Array.from({ length: 200 }, () => (random() < 0.4 ? 1 : 0));
  const p = truth.map((value) => Math.round((0.7 * random() + 0.3 * value) * 60) / 60);
  const { figures } = chooseThreshold(truth, p);
  for (let tried = 0; tried <= 1; tried += 0.005) {
    expect(confusionFigures(confusionAt(truth, p, tried)).f1 ?? 0).toBeLessThanOrEqual(figures.f1! + 1e-12);
  }
});

test("of equally good thresholds the one nearest to 0.5 is taken", () => {
  // F1 is 2/3 above 0.7 (one found, none false) and 2/3 at 0.15 and below (both found, two false).
  const { threshold, figures } = chooseThreshold([1, 0, 0, 1], [0.9, 0.5, 0.4, 0.2]);
  expect(figures.f1).toBeCloseTo(2 / 3, 12);
  expect(threshold).toBeCloseTo(0.7, 12);
});

test("a stated sensitivity is reached with as few false alarms as can be", () => {
  const truth = [1, 1, 0, 1, 0, 0, 1, 0];
  const p = [0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2];
  const half = chooseThreshold(truth, p, { kind: "sensitivity", atLeast: 0.5 });
  expect(half.confusion).toEqual({ tp: 2, fp: 0, tn: 4, fn: 2 });
  const most = chooseThreshold(truth, p, { kind: "sensitivity", atLeast: 0.75 });
  expect(most.confusion).toEqual({ tp: 3, fp: 1, tn: 3, fn: 1 });
  const all = chooseThreshold(truth, p, { kind: "sensitivity", atLeast: 1 });
  expect(all.confusion).toEqual({ tp: 4, fp: 3, tn: 1, fn: 0 });
});

test("without tumor slices the threshold is 0.5, with nothing else it is the lowest P", () => {
  expect(chooseThreshold([], []).threshold).toBe(0.5);
  expect(chooseThreshold([0, 0], [0.9, 0.1]).threshold).toBe(0.5);
  expect(chooseThreshold([1, 1], [0.9, 0.3]).threshold).toBe(0.3);
});

test("equal P stay on one side", () => {
  const { confusion } = chooseThreshold([1, 0, 1, 0], [0.6, 0.6, 0.6, 0.1]);
  expect(confusion).toEqual({ tp: 2, fp: 1, tn: 1, fn: 0 });
});
