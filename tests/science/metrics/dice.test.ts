import { expect, test } from "vitest";
import { dice, type MaskTally, maskFigures, patientDice, tallyMasks } from "@/lib/science/metrics/dice";

const options = { seed: 1, resamples: 500 };

test("Dice of two masks is twice the overlap over both areas", () => {
  expect(dice([1, 1, 0, 0], [0, 255, 255, 0])).toBe(0.5);
  expect(dice([1, 0], [0, 1])).toBe(0);
  expect(dice([0, 0], [0, 0])).toBeNull();
  expect(() => dice([0], [0, 0])).toThrow(RangeError);
});

test("pooled, patient, tumor-slice and empty-slice figures agree with hand-worked numbers", () => {
  const tally: MaskTally = new Map();
  tallyMasks(tally, "a", [1, 1, 0, 0], [1, 1, 1, 1]); // Dice 2/3
  tallyMasks(tally, "a", [1, 0, 0, 0], [0, 0, 0, 0]); // 1 false pixel
  tallyMasks(tally, "b", [1, 1, 0, 0], [0, 1, 1, 0]); // Dice 1/2
  tallyMasks(tally, "b", [0, 0, 0, 0], [0, 0, 0, 0]);
  tallyMasks(tally, "c", [0, 0, 0, 0], [0, 0, 0, 0]); // nothing there and nothing proposed

  const figures = maskFigures(tally, options);
  expect(figures).toMatchObject({ patients: 3, slices: 5, tumorSlices: 2 });
  expect(figures?.pooled.value).toBeCloseTo((2 * 3) / (5 + 6), 12);
  expect(figures?.patientMean.value).toBeCloseTo((4 / 7 + 1 / 2) / 2, 12);
  expect(figures?.tumorSliceMean.value).toBeCloseTo((2 / 3 + 1 / 2) / 2, 12);
  expect(figures?.emptySliceFalsePositivePixels.value).toBeCloseTo(1 / 3, 12);
  expect(patientDice(tally.get("a")!)).toBeCloseTo(4 / 7, 12);
  expect(patientDice(tally.get("c")!)).toBeNull();
});

test("intervals of mask figures hold the figure and span the patients", () => {
  const tally: MaskTally = new Map();
  for (const patient of ["a", "b", "c", "d"]) tallyMasks(tally, patient, [1, 1, 0, 0], [1, 1, 0, 0]);
  tallyMasks(tally, "e", [1, 0, 0, 0], [0, 1, 0, 0]);
  const pooled = maskFigures(tally, options)!.pooled;
  expect(pooled.value).toBeCloseTo(16 / 18, 12);
  expect(pooled.low).toBeLessThan(0.8);
  expect(pooled.high).toBe(1);
});

test("no mask, no figures; no empty slice, no false-positive area", () => {
  expect(maskFigures(new Map(), options)).toBeNull();
  const tally: MaskTally = new Map();
  tallyMasks(tally, "a", [1], [1]);
  const { pooled, emptySliceFalsePositivePixels } = maskFigures(tally, options)!;
  expect(emptySliceFalsePositivePixels.value).toBeNull();
  expect(pooled).toEqual({ value: 1, low: null, high: null });
});
