import { describe, expect, it } from "vitest";
import { labelledToReach, meanHeight } from "@/lib/science/active-learning/learning-curve";

const curve = [
  { labelled: 10, value: 0.8 },
  { labelled: 20, value: 0.9 },
  { labelled: 40, value: 1 },
];

describe("a learning curve", () => {
  it("has the area under its lines over its width as mean height", () => {
    // (0.85 x 10 + 0.95 x 20) / 30
    expect(meanHeight(curve)).toBeCloseTo(27.5 / 30, 12);
    expect(meanHeight(curve.slice(0, 1))).toBeNull();
    expect(meanHeight([{ labelled: 5, value: null }, ...curve])).toBeNull();
  });

  it("reaches a goal on the line between two points, at its first point, or not at all", () => {
    expect(labelledToReach(curve, 0.85)).toBeCloseTo(15, 12);
    expect(labelledToReach(curve, 0.95)).toBeCloseTo(30, 12);
    expect(labelledToReach(curve, 0.7)).toBe(10);
    expect(labelledToReach(curve, 1.01)).toBeNull();
  });

  it("is at the goal the first time it is there, though it falls again", () => {
    const falling = [...curve, { labelled: 50, value: 0.5 }];
    expect(labelledToReach(falling, 0.9)).toBe(20);
  });
});
