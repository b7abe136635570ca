import { expect, it } from "vitest";
import { labelledPatients } from "@/lib/science/training/labelled-patients";

const slice = (hashedKey: string, truth: 0 | 1 | null, position = 1) => ({ hashedKey, truth, position });

it("a patient's tumor share counts the labelled slices alone, and keeps them in order", () => {
  const slices = [slice("b", 1, 4), slice("a", 0), slice("b", null, 5), slice("b", 0, 2), slice("b", 0, 9)];
  expect(labelledPatients(slices)).toEqual([
    { hashedKey: "b", tumorShare: 1 / 3, slices: [slice("b", 1, 4), slice("b", 0, 2), slice("b", 0, 9)] },
    { hashedKey: "a", tumorShare: 0, slices: [slice("a", 0)] },
  ]);
});

it("a patient without any labelled slice is left out", () => {
  expect(labelledPatients([slice("a", null), slice("a", null)])).toEqual([]);
});
