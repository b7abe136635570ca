import { describe, expect, it } from "vitest";
import type { Claim } from "@/lib/science/metrics/what-can-be-claimed";
import { whatCanBeClaimed } from "@/lib/science/metrics/what-can-be-claimed";
import { sayNotes } from "@/lib/words/notes";
import { note } from "./said";

describe("what can be claimed", () => {
  const ofSize = (patients: number) => sayNotes(whatCanBeClaimed(patients)).join(" ");
  const claim = (said: Claim) => sayNotes([said]).join();

  it("of a test of 0, 1, 2 to 4, 5 to 9 patients", () => {
    expect(ofSize(0)).toContain("no figure of accuracy can be claimed");
    expect(ofSize(1)).toContain("only 1 patient:");
    expect(ofSize(1)).toContain("Nothing can be claimed about other patients");
    for (const patients of [2, 3, 4]) {
      expect(ofSize(patients)).toContain(
        `only ${patients} patients: its figures and intervals are unreliable`,
      );
      expect(ofSize(patients)).toContain("A gross failure would show");
    }
    for (const patients of [5, 9])
      expect(ofSize(patients)).toContain(`${patients} patients: its intervals are wide`);
  });

  it("of sites and classes", () => {
    expect(note("one-test-site")).toContain("one site (CS): nothing can be claimed about other sites");
    expect(note("tumor-alone-to-test-on")).toContain(
      "specificity and AUC cannot be claimed; sensitivity can",
    );
    expect(note("no-tumor-to-test-on")).toContain(
      "sensitivity, precision, F1 and AUC cannot be claimed; specificity can",
    );
    expect(note("tumor-in-every-test-patient")).toContain("Healthy people were not tested.");
    const oneClass = (oneClass: number) =>
      claim({ code: "test-patients-of-one-class", oneClass, patients: 12 });
    expect(oneClass(1)).toContain("1 of 12 test patients has slices of one class");
    expect(oneClass(2)).toContain("2 of 12 test patients have slices of one class");
  });

  it("of figures without a fault", () => {
    expect(note("no-false-alarm")).toBe(
      "No slice without tumor was called tumor, of 48: resampling then gives 1.000 to 1.000, which is not certainty.",
    );
  });
});

it("a run's notes say how it was split and drawn, and what became of its base", () => {
  expect(note("split")).toBe("Split by patient: 5 train (2 of them seen before), 1 validation, 3 test.");
  expect(note("left-out")).toBe(
    "Left out: 1 patient held for testing that an ancestor of this model has seen since.",
  );
  expect(note("validation-seen")).toContain("optimistic");
  expect(note("nobody-to-train-on")).toContain("There is no patient to train on");
  expect(note("nobody-for-validation")).toContain("There is no patient for validation");
  expect(note("drawn-to-learn-from")).toBe(
    "Drawn by chance to learn from: 25 of 40 patients, 100 slices at most; patients with corrections were drawn first.",
  );
  expect(note("base-no-better")).toContain("(1 epoch) did not improve the base");
  expect(note("base-fine-tuned")).toContain("(3 epochs, the best is 2; validation loss 0.7000 to 0.6000)");
});
