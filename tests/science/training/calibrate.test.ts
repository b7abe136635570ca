import { expect, test } from "vitest";
import { calibratedP, tumorMargins } from "@/lib/science/training/calibrate";

test("a margin is the logit of tumor minus the logit of no tumor", () => {
  expect([...tumorMargins(Float32Array.of(1, 3, 0.5, -0.5))]).toEqual([2, -1]);
});

test("extreme margins give probabilities, not overflow", () => {
  expect([...calibratedP([-2000, 0, 2000], { method: "temperature", temperature: 1 })]).toEqual([0, 0.5, 1]);
});
