import { describe, expect, it } from "vitest";
import type { Message } from "@/lib/platform/message";
import { sayFigure, sayVerdict } from "@/lib/words/gate";
import { note, refusal } from "./said";

describe("the gate", () => {
  const measured = { figure: "auc", value: 0.03, low: -0.02, high: 0.07, margin: -0.01 } as const;

  it("says each figure's verdict with its numbers, and tells worse from not shown to be as good", () => {
    expect(sayFigure({ code: "figure-reaches-margin", ...measured } as Message)).toBe(
      "ROC AUC failed: it differs by +0.030 (95 % interval −0.020 to +0.070); it may be lower by more than the margin of −0.01 allows.",
    );
    const worse = { figure: "sensitivity", value: -0.2, low: -0.3, high: -0.1, margin: -0.01 };
    expect(sayFigure({ code: "figure-below-margin", ...worse } as Message)).toBe(
      "Sensitivity at the threshold failed: it differs by −0.200 (95 % interval −0.300 to −0.100); it is lower by more than the margin of −0.01 allows.",
    );
    const close = { ...measured, value: 0, low: -0.0099, high: 0.01 };
    expect(sayFigure({ code: "figure-above-margin", ...close } as Message)).toBe(
      "ROC AUC passed: it differs by 0 (95 % interval −0.0099 to +0.0100); its interval lies above the margin of −0.01.",
    );
  });

  it("says why a figure cannot be decided", () => {
    const auc = (code: string, values = {}) => sayFigure({ code, figure: "auc", ...values } as Message);
    expect(auc("figure-of-too-few", { patients: 1 })).toBe(
      "ROC AUC cannot be decided: an interval needs at least two patients, and there is one.",
    );
    expect(auc("figure-without-patients")).toBe(
      "ROC AUC cannot be decided: there is no patient that neither has seen.",
    );
    expect(auc("figure-without-interval")).toBe(
      "ROC AUC cannot be decided: these patients leave it without an interval.",
    );
  });

  it("says the whole in a sentence", () => {
    const on = (code: string, patients: number) => sayVerdict({ code, patients, slices: 400 } as Message);
    expect(on("gate-passed", 20)).toBe("It passed on 20 patients (400 slices) that neither model has seen.");
    expect(on("gate-undecided", 1)).toBe(
      "It cannot be decided on 1 patient (400 slices) that neither model has seen.",
    );
    expect(on("gate-failed", 2)).toMatch(/not shown to be as good as the model in production\.$/);
    expect(sayVerdict({ code: "gate-without-patients" })).toMatch(/no patient that neither/);
    expect(sayVerdict({ code: "gate-without-production" })).toMatch(/^No model is in production/);
  });

  it("refuses a promotion with what it said of the figures that failed", () => {
    const text = refusal("not-promotable");
    expect(text).toMatch(/Model 2 does not pass the gate beside model 1\. ROC AUC failed.*−0.200/);
    expect(text).toMatch(/Model 2 has not been compared with model 1, which is in production\./);
    expect(text).toMatch(/The file of model 2 is missing or damaged: put it back/);
    expect(text).toMatch(/another admin has to promote it\.$/);
    expect(refusal("promotion-needs-reason")).toMatch(/cannot decide.*reason/);
    expect(refusal("production-cannot-leave")).toMatch(/roll back/);
    expect(note("only-admin")).toMatch(/only admin/);
  });
});
