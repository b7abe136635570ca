import { describe, expect, it } from "vitest";
import { assignFolds } from "@/lib/science/training/assign-folds";
import { fitLogistic, logisticMargins } from "@/lib/science/training/fit-logistic";
import { fitStacking } from "@/lib/science/training/fit-stacking";
import { seededRandom } from "@/lib/science/training/random";

describe("logistic regression", () => {
  it("finds the log odds of a table, without a ridge", () => {
    // At x = 0 one of four is tumor, at x = 1 three of four: bias -ln 3, weight 2 ln 3.
    const { weights, bias } = fitLogistic(Float64Array.of(0, 0, 0, 0, 1, 1, 1, 1), [1, 0, 0, 0, 1, 1, 1, 0], {
      ridge: 0,
    });
    expect(bias).toBeCloseTo(-Math.log(3), 4);
    expect(weights[0]).toBeCloseTo(2 * Math.log(3), 4);
  });

  it("counts a row of weight 3 as three rows", () => {
    const once = fitLogistic(Float64Array.of(0, 0, 1, 1), [1, 0, 1, 0], {
      ridge: 1,
      rowWeights: [1, 3, 3, 1],
    });
    const thrice = fitLogistic(Float64Array.of(0, 0, 0, 0, 1, 1, 1, 1), [1, 0, 0, 0, 1, 1, 1, 0], {
      ridge: 1,
    });
    expect(logisticMargins(Float64Array.of(0, 1), once)[1]).toBeGreaterThan(0);
    expect(thrice.bias).toBeLessThan(0);
    // Standardised alike here, since both halves weigh alike.
    expect(once.weights[0]).toBeCloseTo(thrice.weights[0]!, 6);
  });

  it("stays finite where the classes separate, ignores what never varies, and takes any scale alike", () => {
    const rows = (scale: number) => Float64Array.of(-2 * scale, 7, -1 * scale, 7, 1 * scale, 7, 2 * scale, 7);
    const [small, large] = [1, 1000].map((scale) => fitLogistic(rows(scale), [0, 0, 1, 1], { ridge: 1 }));
    expect(small!.weights[1]).toBe(0);
    expect(Number.isFinite(small!.weights[0]!)).toBe(true);
    const margins = logisticMargins(rows(1), small!);
    expect(margins[3]).toBeGreaterThan(0);
    for (const [row, margin] of logisticMargins(rows(1000), large!).entries())
      expect(margin).toBeCloseTo(margins[row]!, 9);
    expect(() => fitLogistic(Float64Array.of(1, 2, 3), [0, 1], { ridge: 1 })).toThrow("no whole number");
  });
});

const patients = Array.from({ length: 12 }, (_, index) => ({
  hashedKey: `p${index}`,
  seenByBase: index < 5,
  tumorShare: index / 12,
}));

describe("folds", () => {
  it("leave every unseen patient out once, evenly, and never one that the base has seen", () => {
    const { count, of, assignedSeen } = assignFolds(patients, 3, 1);
    expect({ count, assignedSeen }).toEqual({ count: 3, assignedSeen: false });
    expect(patients.slice(0, 5).map(({ hashedKey }) => of.get(hashedKey))).toEqual([
      null,
      null,
      null,
      null,
      null,
    ]);
    const sizes = [0, 1, 2].map((fold) => [...of.values()].filter((own) => own === fold).length);
    expect(sizes.toSorted()).toEqual([2, 2, 3]);
  });

  it("are the same in any order of the patients, and others for another seed", () => {
    const again = assignFolds(patients.toReversed(), 3, 1);
    expect([...again.of].sort()).toEqual([...assignFolds(patients, 3, 1).of].sort());
    const seeds = [1, 2, 3, 4].map((seed) => JSON.stringify([...assignFolds(patients, 3, seed).of]));
    expect(new Set(seeds).size).toBeGreaterThan(1);
  });

  it("are no more than patients; seen ones are assigned only where there are fewer than two others", () => {
    expect(assignFolds(patients.slice(3, 7), 5, 1)).toMatchObject({ count: 2, assignedSeen: false });
    expect(assignFolds(patients.slice(2, 6), 5, 1)).toMatchObject({ count: 4, assignedSeen: true });
    expect(() => assignFolds(patients.slice(0, 1), 5, 1)).toThrow("at least two patients");
  });
});

describe("stacking", () => {
  const random = seededRandom(3);
  const truth = Uint8Array.from({ length: 120 }, () => (random() < 0.4 ? 1 : 0));
  const evidence = Float64Array.from(
    { length: 240 },
    (_, at) => random() + (at % 2 ? 0 : 0.8 * truth[at >> 1]!),
  );
  const fold = Uint8Array.from(truth, (_, row) => row % 4);

  it("judges no row by a regression that was fitted on its fold", () => {
    const before = fitStacking({ evidence, truth, fold });
    // What a fold's labels say must not change what is said of its own rows.
    const lie = truth.map((value, row) => (fold[row] === 2 ? 1 - value : value));
    const after = fitStacking({ evidence, truth: lie, fold });
    const inside = [...truth.keys()].filter((row) => fold[row] === 2);
    for (const row of inside) expect(after.outOfFold[row]!).toBeCloseTo(before.outOfFold[row]!, 9);
    const outside = [...truth.keys()].find((row) => fold[row] === 1)!;
    expect(after.outOfFold[outside]!).not.toBeCloseTo(before.outOfFold[outside]!, 3);
  });

  it("chooses the threshold for a stated sensitivity, out of fold", () => {
    const { threshold, outOfFold } = fitStacking(
      { evidence, truth, fold },
      { goal: { kind: "sensitivity", atLeast: 0.9 } },
    );
    const found = [...outOfFold.keys()].filter(
      (row) => truth[row] && outOfFold[row]! >= threshold.threshold,
    ).length;
    expect(found / truth.reduce((sum, value) => sum + value, 0)).toBeGreaterThanOrEqual(0.9);
  });
});
