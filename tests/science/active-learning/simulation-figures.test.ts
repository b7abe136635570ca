import { describe, expect, it } from "vitest";
import {
  medianToReach,
  type SimulatedRun,
  simulationFigures,
} from "@/lib/science/active-learning/simulation-figures";
import { simulationSvg } from "@/lib/science/active-learning/simulation-svg";
import type { JudgedSlice } from "@/lib/science/metrics/judged-statistics";

/** Two slices of each class of a patient; `right` of the four pairs of them are ranked rightly. */
function judged(patient: string, right: 2 | 3 | 4): JudgedSlice[] {
  const tumor = { 4: [0.8, 0.9], 3: [0.8, 0.5], 2: [0.9, 0.1] }[right];
  const none = { 4: [0.3, 0.4], 3: [0.4, 0.6], 2: [0.3, 0.4] }[right];
  const row = (truth: 0 | 1) => (p: number) => ({ patient, truth, p, called: p >= 0.55 });
  return [...tumor.map(row(1)), ...none.map(row(0))];
}

function run(strategy: SimulatedRun["strategy"], seed: number, first: 2 | 3 | 4, second: 2 | 3 | 4) {
  return ["ana", "ben"].map(
    (patient, fold): SimulatedRun => ({
      strategy,
      capped: false,
      seed,
      fold,
      points: [
        { labelled: 10, judged: judged(patient, first) },
        { labelled: 20, judged: judged(patient, second) },
      ],
      full: { labelled: 30, judged: judged(patient, 4) },
    }),
  );
}

const runs = [
  ...run("random", 1, 2, 3),
  ...run("random", 2, 2, 4),
  ...run("doubt", 1, 3, 4),
  ...run("doubt", 2, 4, 4),
];

describe("a simulation's figures", () => {
  const figures = simulationFigures(runs, { resamples: 200 });
  const way = (name: string) => figures.ways.find((one) => one.name === name)!;

  it("are means over the seeds of the AUC pooled over the folds", () => {
    expect(figures).toMatchObject({ patients: 2, slices: 8, seeds: 2, folds: 2 });
    expect(figures.full).toMatchObject({ labelled: 30, auc: { value: 1 } });
    // Both patients alike: pooling ranks each slice twice and keeps the share, 2/4, then 3/4 and 4/4.
    expect(way("random").curve.map(({ auc }) => auc.value)).toEqual([0.5, 0.875]);
    expect(way("doubt").curve.map(({ auc }) => auc.value)).toEqual([0.875, 1]);
  });

  it("name the strategy with the highest curve first and compare it with the random one", () => {
    expect(figures.ways.map(({ name }) => name)).toEqual(["doubt", "random"]);
    expect(way("random").aucArea.value).toBeCloseTo(0.6875, 12);
    expect(way("doubt").aucArea.value).toBeCloseTo(0.9375, 12);
    expect(way("doubt").aucAreaMinusRandom.value).toBeCloseTo(0.25, 12);
    expect(way("random").aucAreaMinusRandom).toMatchObject({ value: 0, low: 0, high: 0 });
    // Seed 1: 0.875 - 0.625, seed 2: 1 - 0.75; two folds each.
    expect(way("doubt").pairs).toMatchObject({ count: 4, above: 4 });
    expect(way("doubt").pairs.mean).toBeCloseTo(0.25, 12);
    expect(way("doubt").pairs.deviation).toBeCloseTo(0, 12);
    // Heights 0.625 and 0.75 of the seeds: 0.125 / sqrt(2).
    expect(way("random").aucAreaSeedDeviation).toBeCloseTo(0.125 / Math.SQRT2, 12);
  });

  it("tell at how many slices 99 % of the AUC of all labels is reached, by seed", () => {
    expect(way("random").labelledTo99[0]).toBeNull();
    expect(way("random").labelledTo99[1]).toBeCloseTo(10 + (0.49 / 0.5) * 10, 12);
    expect(way("doubt").labelledTo99).toEqual([expect.closeTo(10 + (0.24 / 0.25) * 10, 12), 10]);
    expect(medianToReach([10, null, 20])).toBe(20);
    expect(medianToReach([10, 20])).toBe(15);
    expect(medianToReach([10, null])).toBeNull();
  });

  it("are drawn with axes, a legend and a mark for each point", () => {
    const svg = simulationSvg(figures);
    for (const words of [
      "labelled slices",
      "AUC on unseen patients",
      "all 30 labelled",
      ">random<",
      ">doubt<",
    ])
      expect(svg).toContain(words);
    // Squares for random, triangles for doubt: one a point and one in the legend.
    expect(svg.match(/<rect x=/g)).toHaveLength(3);
    expect(svg.match(/l5 9h-10z/g)).toHaveLength(3);
    expect(svg).not.toMatch(/NaN|undefined|Infinity/);
  });
});
