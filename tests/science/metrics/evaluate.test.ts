import { expect, test } from "vitest";
import { bootstrapPatients } from "@/lib/science/metrics/bootstrap";
import { brierScore, expectedCalibrationError } from "@/lib/science/metrics/calibration";
import { compareModels } from "@/lib/science/metrics/compare";
import { confusionAt, confusionFigures } from "@/lib/science/metrics/confusion";
import { type MaskTally, tallyMasks } from "@/lib/science/metrics/dice";
import { evaluateSlices } from "@/lib/science/metrics/evaluate";
import { averagePrecision } from "@/lib/science/metrics/precision-recall";
import { rocAuc } from "@/lib/science/metrics/roc";
import { figureNames, type ScoredSlice } from "@/lib/science/metrics/slice-statistics";
import { seededRandom } from "@/lib/science/training/random";

/** `patients` of 20 slices each, P(tumor) better than chance, with ties. */
function madeUpRows(patients: number, seed: number): ScoredSlice[] {
  const random = seededRandom(seed);
  return Array.from({ length: patients * 20 }, (_, index) => {
    const truth = random() < 0.35 ? 1 : 0;
    const p = Math.round((0.6 * random() + 0.4 * truth) * 40) / 40;
    return { patient: `patient ${Math.floor(index / 20)}`, truth, p };
  });
}

test("a report gives every figure with the counts it stands on", () => {
  const rows: ScoredSlice[] = [
    { patient: "a", truth: 0, p: 0.1 },
    { patient: "a", truth: 1, p: 0.35 },
    { patient: "b", truth: 0, p: 0.4 },
    { patient: "b", truth: 1, p: 0.8 },
    { patient: "c", truth: 0, p: 0.2 },
  ];
  const report = evaluateSlices(rows, 0.5, { seed: 1, resamples: 200 });
  expect(report).toMatchObject({ patients: 3, slices: 5, tumorSlices: 2, threshold: 0.5, masks: null });
  expect(report.confusion).toEqual({ tp: 1, fp: 0, tn: 3, fn: 1 });
  expect(report.accuracy.value).toBeCloseTo(4 / 5, 12);
  expect(report.sensitivity.value).toBeCloseTo(1 / 2, 12);
  expect(report.specificity.value).toBe(1);
  expect(report.f1.value).toBeCloseTo(2 / 3, 12);
  expect(report.f1NoTumor.value).toBeCloseTo(6 / 7, 12);
  expect(report.negativePredictiveValue.value).toBeCloseTo(3 / 4, 12);
  expect(report.auc.value).toBeCloseTo(5 / 6, 12);
  expect(report.brier.value).toBeCloseTo((0.01 + 0.4225 + 0.16 + 0.04 + 0.04) / 5, 12);
  expect(report.classification.tumor.support).toBe(2);
  expect(report.reliability).toHaveLength(15);
  expect(report.perPatient).toEqual([
    { patient: "a", slices: 2, tumorSlices: 1, tp: 0, fp: 0, tn: 1, fn: 1, auc: 1, dice: null },
    { patient: "b", slices: 2, tumorSlices: 1, tp: 1, fp: 0, tn: 1, fn: 0, auc: 1, dice: null },
    { patient: "c", slices: 1, tumorSlices: 0, tp: 0, fp: 0, tn: 1, fn: 0, auc: null, dice: null },
  ]);
});

test("figures and intervals equal those of rows copied out resample by resample", () => {
  const rows = madeUpRows(9, 2);
  const report = evaluateSlices(rows, 0.45, { seed: 3, resamples: 150 });
  const plainly = (weights: ArrayLike<number>) => {
    const copied = rows.flatMap((row) =>
      Array<ScoredSlice>(weights[Number(row.patient.split(" ")[1])]!).fill(row),
    );
    const truth = copied.map((row) => row.truth);
    const p = copied.map((row) => row.p);
    const figures = confusionFigures(confusionAt(truth, p, 0.45));
    return [
      figures.balancedAccuracy,
      figures.precision,
      rocAuc(truth, p),
      averagePrecision(truth, p),
      brierScore(truth, p),
      expectedCalibrationError(truth, p),
    ];
  };
  const intervals = bootstrapPatients(9, plainly, { seed: 3, resamples: 150 });
  const values = plainly(Array<number>(9).fill(1));
  const names = ["balancedAccuracy", "precision", "auc", "averagePrecision", "brier", "ece"] as const;
  for (const [index, name] of names.entries()) {
    expect(report[name].value).toBeCloseTo(values[index]!, 10);
    expect(report[name].low).toBeCloseTo(intervals[index]!.low!, 10);
    expect(report[name].high).toBeCloseTo(intervals[index]!.high!, 10);
    expect(report[name].low!).toBeLessThan(report[name].high!);
  }
});

test("masks of the same patients are reported with the slices", () => {
  const masks: MaskTally = new Map();
  tallyMasks(masks, "a", [1, 1], [1, 0]);
  const report = evaluateSlices([{ patient: "a", truth: 1, p: 0.9 }], 0.5, { masks, resamples: 10 });
  expect(report.masks?.pooled.value).toBeCloseTo(2 / 3, 12);
  expect(report.perPatient[0]?.dice).toBeCloseTo(2 / 3, 12);
});

test("empty and single-class sets give nulls, never an exception or a number that is none", () => {
  for (const rows of [
    [],
    [{ patient: "a", truth: 1 as const, p: 0.7 }],
    madeUpRows(4, 1).map((row) => ({ ...row, truth: 0 as const })),
  ]) {
    const report = evaluateSlices(rows, 0.5, { resamples: 20 });
    expect(report.auc).toEqual({ value: null, low: null, high: null });
    expect(report.balancedAccuracy.value).toBeNull();
    expect(JSON.parse(JSON.stringify(report))).toEqual(report); // NaN and Infinity would not survive
  }
  expect(evaluateSlices([], 0.5).accuracy.value).toBeNull();
});

test("two models are compared patient by patient, and only on the same patients", () => {
  const production = madeUpRows(12, 4);
  const candidate = production.map((row) => ({ ...row, p: Math.min(1, row.p * 0.8 + 0.2 * row.truth) }));
  const difference = compareModels(
    { rows: candidate, threshold: 0.5 },
    { rows: production, threshold: 0.5 },
    { seed: 1, resamples: 300 },
  );
  const [after, before] = [candidate, production].map((rows) => evaluateSlices(rows, 0.5, { resamples: 1 }));
  for (const name of figureNames) {
    expect(difference[name].value).toBeCloseTo(after![name].value! - before![name].value!, 12);
  }
  expect(difference.auc.low).toBeGreaterThan(0);

  const same = compareModels({ rows: production, threshold: 0.5 }, { rows: production, threshold: 0.5 });
  expect(same.f1).toEqual({ value: 0, low: 0, high: 0 });
  expect(() =>
    compareModels({ rows: candidate, threshold: 0.5 }, { rows: madeUpRows(11, 4), threshold: 0.5 }),
  ).toThrow("same patients");
});
