import { expect, test } from "vitest";
import { averagePrecision, precisionRecallCurve } from "@/lib/science/metrics/precision-recall";
import { rocAuc, rocCurve } from "@/lib/science/metrics/roc";
import { seededRandom } from "@/lib/science/training/random";

// The example in scikit-learn's documentation of roc_auc_score, roc_curve and precision_recall_curve.
const truth = [0, 0, 1, 1];
const p = [0.1, 0.4, 0.35, 0.8];

test("area and average precision agree with scikit-learn's documented example", () => {
  expect(rocAuc(truth, p)).toBeCloseTo(0.75, 12);
  expect(averagePrecision(truth, p)).toBeCloseTo(0.8333333333, 9);
});

test("curves agree with scikit-learn's documented example", () => {
  const roc = rocCurve(truth, p);
  expect(roc.map((point) => point.falsePositiveRate)).toEqual([0, 0, 0.5, 0.5, 1]);
  expect(roc.map((point) => point.sensitivity)).toEqual([0, 0.5, 0.5, 1, 1]);
  expect(roc.map((point) => point.threshold)).toEqual([null, 0.8, 0.4, 0.35, 0.1]);

  const precisionRecall = precisionRecallCurve(truth, p);
  expect(precisionRecall.map((point) => point.recall)).toEqual([0, 0.5, 0.5, 1]);
  expect(precisionRecall.map((point) => point.precision)).toEqual([1, 1, 0.5, 2 / 3]);
  expect(precisionRecall.map((point) => point.threshold)).toEqual([null, 0.8, 0.4, 0.35]);
});

test("ties count half in the area and are taken together in average precision", () => {
  // Of 6 pairs 3 are won and 2 tied. Average precision: 1/3 * 1 + 1/3 * 2/3 + 1/3 * 3/5.
  const tied = { truth: [0, 1, 1, 0, 1], p: [0.2, 0.2, 0.5, 0.5, 0.9] };
  expect(rocAuc(tied.truth, tied.p)).toBeCloseTo(4 / 6, 12);
  expect(averagePrecision(tied.truth, tied.p)).toBeCloseTo(34 / 45, 12);
  expect(rocAuc([0, 1, 0, 1], [0.5, 0.5, 0.5, 0.5])).toBe(0.5);
  expect(averagePrecision([0, 1, 0, 0], [0.5, 0.5, 0.5, 0.5])).toBe(0.25);
});

test("the area equals the share of ordered pairs, counted one by one", () => {
  const random = seededRandom(3);
  const many = Array.from({ length: 300 }, () => {
    const isTumor = random() < 0.4 ? 1 : 0;
    return { isTumor, p: Math.round((random() + 0.3 * isTumor) * 50) / 65 };
  });
  let wins = 0;
  let pairs = 0;
  for (const tumor of many.filter((slice) => slice.isTumor === 1)) {
    for (const other of many.filter((slice) => slice.isTumor === 0)) {
      pairs++;
      wins += tumor.p > other.p ? 1 : tumor.p === other.p ? 0.5 : 0;
    }
  }
  const area = rocAuc(
    many.map((slice) => slice.isTumor),
    many.map((slice) => slice.p),
  );
  expect(area).toBeCloseTo(wins / pairs, 12);
});

test("long curves are thinned to the wanted points and keep both ends", () => {
  const random = seededRandom(4);
  const slices = Array.from({ length: 5000 }, (_, index) => ({ isTumor: index % 2, p: random() }));
  const labels = slices.map((slice) => slice.isTumor);
  const scores = slices.map((slice) => slice.p);
  const roc = rocCurve(labels, scores, 200);
  expect(roc).toHaveLength(200);
  expect(roc[0]).toEqual({ falsePositiveRate: 0, sensitivity: 0, threshold: null });
  expect(roc.at(-1)).toMatchObject({ falsePositiveRate: 1, sensitivity: 1 });
  expect(precisionRecallCurve(labels, scores, 200)).toHaveLength(200);
});

test("a single class has neither area nor curve", () => {
  expect(rocAuc([1, 1], [0.2, 0.3])).toBeNull();
  expect(rocAuc([], [])).toBeNull();
  expect(rocCurve([0, 0], [0.2, 0.3])).toEqual([]);
  expect(averagePrecision([0, 0], [0.2, 0.3])).toBeNull();
  expect(averagePrecision([1, 1], [0.2, 0.3])).toBe(1);
  expect(precisionRecallCurve([], [])).toEqual([]);
});
