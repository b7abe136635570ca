import { expect, it } from "vitest";
import { onPerfectFigures } from "@/lib/science/metrics/on-perfect-figures";

const figure = (value: number | null) => ({ value, low: value, high: value });

it("an interval without width is said not to be certainty, with the slices that it rests on", () => {
  const confusion = { tp: 26, fp: 0, tn: 48, fn: 2 };
  expect(onPerfectFigures({ sensitivity: figure(26 / 28), specificity: figure(1), confusion })).toEqual([
    { code: "no-false-alarm", slices: 48 },
  ]);
  expect(
    onPerfectFigures({
      sensitivity: figure(1),
      specificity: figure(1),
      confusion: { ...confusion, tp: 28, fn: 0 },
    }),
  ).toEqual([
    { code: "every-tumor-found", slices: 28 },
    { code: "no-false-alarm", slices: 48 },
  ]);
});

it("nothing is said where some slice was got wrong, or none was there", () => {
  const confusion = { tp: 1, fp: 1, tn: 0, fn: 0 };
  expect(onPerfectFigures({ sensitivity: figure(null), specificity: figure(0), confusion })).toEqual([]);
});
