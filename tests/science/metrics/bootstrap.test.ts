import { expect, test } from "vitest";
import { bootstrapDifference, bootstrapPatients, percentile } from "@/lib/science/metrics/bootstrap";
import { normal, seededRandom } from "@/lib/science/training/random";

const meanOf = (values: readonly number[]) => (weights: Uint16Array) => [
  values.reduce((sum, value, index) => sum + value * weights[index]!, 0) / values.length,
];

test("percentiles are linear between neighbours, as numpy's are", () => {
  expect(percentile([1, 2, 3, 4], 0.25)).toBe(1.75);
  expect(percentile([1, 2, 3, 4], 1)).toBe(4);
  expect(percentile([5], 0.975)).toBe(5);
});

test("each resample draws as many patients as there are, evenly over patients", () => {
  const sums = [0, 0, 0, 0, 0];
  let resamples = 0;
  bootstrapPatients(
    5,
    (weights) => {
      expect(weights.reduce((sum, weight) => sum + weight, 0)).toBe(5);
      for (const [index, weight] of weights.entries()) sums[index]! += weight;
      resamples++;
      return [1];
    },
    { seed: 7, resamples: 4000 },
  );
  for (const sum of sums) expect(sum / resamples).toBeCloseTo(1, 1);
});

test("the interval of a mean is the one that theory gives", () => {
  const random = seededRandom(11);
  const values = Array.from({ length: 200 }, () => normal(random));
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  const halfWidth = 1.96 * Math.sqrt(variance / values.length);
  const [interval] = bootstrapPatients(200, meanOf(values), { seed: 1, resamples: 4000 });
  expect((mean - interval!.low!) / halfWidth).toBeCloseTo(1, 1);
  expect((interval!.high! - mean) / halfWidth).toBeCloseTo(1, 1);
});

test("equal seeds give equal intervals, another seed others", () => {
  const values = [0.1, 0.4, 0.9, 0.3, 0.75, 0.62];
  const run = (seed: number) => bootstrapPatients(6, meanOf(values), { seed, resamples: 300 });
  expect(run(1)).toEqual(run(1));
  expect(run(1)).not.toEqual(run(2));
});

test("a paired difference cancels what both models share", () => {
  const random = seededRandom(5);
  const hard = Array.from({ length: 40 }, () => 10 * normal(random));
  const better = hard.map((value) => value + 0.5);
  const options = { seed: 1, resamples: 1000 };
  const [paired] = bootstrapDifference(40, meanOf(better), meanOf(hard), options);
  expect(paired!.low).toBeCloseTo(0.5, 9);
  expect(paired!.high).toBeCloseTo(0.5, 9);
  const [alone] = bootstrapPatients(40, meanOf(hard), options);
  expect(alone!.high! - alone!.low!).toBeGreaterThan(3);
});

test("a statistic that most resamples leave undefined has no interval, and one patient has none", () => {
  const rarely = (weights: Uint16Array) => [weights[0] === 3 ? 1 : null, 0.5];
  const [undefinedMostly, constant] = bootstrapPatients(3, rarely, { seed: 1, resamples: 500 });
  expect(undefinedMostly).toEqual({ low: null, high: null });
  expect(constant).toEqual({ low: 0.5, high: 0.5 });
  expect(bootstrapPatients(1, () => [1], { seed: 1, resamples: 10 })).toEqual([{ low: null, high: null }]);
  expect(bootstrapPatients(0, () => [null], { seed: 1, resamples: 10 })).toEqual([{ low: null, high: null }]);
});
