import { describe, expect, it } from "vitest";
import { compareModels } from "@/lib/science/metrics/compare";
import { evaluateSlices } from "@/lib/science/metrics/evaluate";
import type { Figure } from "@/lib/science/metrics/figure";
import { firstModelVerdict, type GateComparison, judgeGate } from "@/lib/science/metrics/gate";
import type { ScoredSlice } from "@/lib/science/metrics/slice-statistics";

const figure = (value: number | null, low: number | null = value, high: number | null = value): Figure => ({
  value,
  low,
  high,
});
const compared = (auc: Figure, sensitivity: Figure, patients = 20): GateComparison => ({
  patients,
  slices: 20 * patients,
  candidate: { auc: figure(0.95), sensitivity: figure(0.9) },
  production: { auc: figure(0.95), sensitivity: figure(0.9) },
  differences: { auc, sensitivity },
});
const outcomes = (comparison: GateComparison, margin = -0.01) => {
  const { outcome, figures } = judgeGate(comparison, margin);
  return [outcome, ...figures.map((one) => one.outcome)];
};

describe("the gate", () => {
  it("passes where both intervals lie above the margin, even below 0", () => {
    const comparison = compared(figure(0.005, -0.009, 0.02), figure(0, -0.0099, 0.01));
    expect(outcomes(comparison)).toEqual(["passed", "passed", "passed"]);
    expect(judgeGate(comparison, -0.01)).toMatchObject({
      patients: 20,
      slices: 400,
      margin: -0.01,
      says: { code: "gate-passed", patients: 20, slices: 400 },
    });
  });

  it("fails where an interval reaches the margin, however good the figure itself", () => {
    expect(outcomes(compared(figure(0.03, -0.01, 0.07), figure(0, 0, 0)))).toEqual([
      "failed",
      "failed",
      "passed",
    ]);
    expect(outcomes(compared(figure(0.03, 0.01, 0.05), figure(-0.2, -0.3, -0.1)))).toEqual([
      "failed",
      "passed",
      "failed",
    ]);
  });

  it("is undecided without an interval, and one failed figure fails it all the same", () => {
    const none = figure(0.1, null, null);
    expect(outcomes(compared(none, figure(0, 0, 0)))).toEqual(["undecided", "undecided", "passed"]);
    expect(outcomes(compared(figure(null), figure(0, 0, 0)))[0]).toBe("undecided");
    expect(outcomes(compared(none, figure(-0.2, -0.3, -0.1)))).toEqual(["failed", "undecided", "failed"]);
  });

  it("is undecided on nobody, and never passed", () => {
    const verdict = judgeGate(null, -0.01);
    expect(verdict).toMatchObject({ outcome: "undecided", patients: 0 });
    expect(verdict.figures.map((one) => one.outcome)).toEqual(["undecided", "undecided"]);
    expect(verdict.figures.map((one) => one.says)).toEqual([
      { code: "figure-without-patients", figure: "auc" },
      { code: "figure-without-patients", figure: "sensitivity" },
    ]);
    expect(verdict.says).toEqual({ code: "gate-without-patients" });
  });

  it("says of a first model that there is none to compare it with", () => {
    expect(firstModelVerdict(-0.01)).toMatchObject({
      outcome: "no-production",
      figures: [],
      says: { code: "gate-without-production" },
    });
  });

  it("follows the margin that it is given", () => {
    const comparison = compared(figure(0, -0.03, 0.03), figure(0, -0.03, 0.03));
    expect(outcomes(comparison, -0.05)[0]).toBe("passed");
    expect(outcomes(comparison, 0)[0]).toBe("failed");
  });

  it("says each figure's verdict with its numbers, and tells worse from not shown to be as good", () => {
    const { figures } = judgeGate(compared(figure(0.03, -0.02, 0.07), figure(-0.2, -0.3, -0.1)), -0.01);
    const margin = -0.01;
    expect(figures.map((one) => one.says)).toEqual([
      { code: "figure-reaches-margin", figure: "auc", value: 0.03, low: -0.02, high: 0.07, margin },
      { code: "figure-below-margin", figure: "sensitivity", value: -0.2, low: -0.3, high: -0.1, margin },
    ]);
    const onePatient = judgeGate(compared(figure(0.1, null, null), figure(0), 1), margin);
    expect(onePatient.figures.map((one) => one.says)).toEqual([
      { code: "figure-of-too-few", figure: "auc", patients: 1 },
      { code: "figure-above-margin", figure: "sensitivity", value: 0, low: 0, high: 0, margin },
    ]);
    const several = judgeGate(compared(figure(0.1, null, null), figure(0)), margin);
    expect(several.figures[0]!.says).toEqual({ code: "figure-without-interval", figure: "auc" });
    expect(several.says).toEqual({ code: "gate-undecided", patients: 20, slices: 400 });
  });

  it("judges what compareModels makes of scores: the same ones pass, turned ones fail, one patient is undecided", () => {
    const rows = (patients: number, turned = false): ScoredSlice[] =>
      Array.from({ length: patients * 10 }, (_, index) => {
        const truth = index % 2 === 0 ? 1 : 0;
        const right = truth ? 0.9 : 0.1;
        return { patient: `p${Math.floor(index / 10)}`, truth, p: turned ? 1 - right : right };
      });
    const judge = (candidate: ScoredSlice[], production: ScoredSlice[]) => {
      const scored = [candidate, production].map((own) => ({ rows: own, threshold: 0.5 }));
      const [own, other] = scored.map((one) => evaluateSlices(one.rows, 0.5));
      return judgeGate(
        {
          patients: own!.patients,
          slices: own!.slices,
          candidate: own!,
          production: other!,
          differences: compareModels(scored[0]!, scored[1]!),
        },
        -0.01,
      ).outcome;
    };
    expect(judge(rows(5), rows(5))).toBe("passed");
    expect(judge(rows(5, true), rows(5))).toBe("failed");
    expect(judge(rows(1), rows(1))).toBe("undecided");
  });
});
