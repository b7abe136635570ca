import { expect, test } from "vitest";
import { adamStep } from "@/lib/science/training/adam";

const fresh = () => ({ first: new Float32Array(1), second: new Float32Array(1) });

test("two steps agree with hand-worked numbers", () => {
  const parameters = Float32Array.of(1);
  const moments = fresh();
  const options = { learningRate: 0.1, weightDecay: 0 };
  // The first step has the size of the learning rate, whatever the gradient.
  adamStep(parameters, Float32Array.of(0.5), moments, 1, options);
  expect(parameters[0]).toBeCloseTo(0.9, 6);
  // first = 0.9 * 0.05 - 0.1 * 0.25 = 0.02, / 0.19; second = 0.00031225, / 0.001999.
  adamStep(parameters, Float32Array.of(-0.25), moments, 2, options);
  expect(moments.first[0]).toBeCloseTo(0.02, 7);
  expect(moments.second[0]).toBeCloseTo(0.00031225, 9);
  expect(parameters[0]).toBeCloseTo(0.9 - (0.1 * (0.02 / 0.19)) / Math.sqrt(0.00031225 / 0.001999), 6);
});

test("weight decay is part of the gradient, so it passes through the moments", () => {
  const parameters = Float32Array.of(2);
  const moments = fresh();
  adamStep(parameters, Float32Array.of(0), moments, 1, { learningRate: 0.01, weightDecay: 0.5 });
  expect(moments.first[0]).toBeCloseTo(0.1 * 0.5 * 2, 7);
  expect(parameters[0]).toBeCloseTo(2 - 0.01, 6);
});
