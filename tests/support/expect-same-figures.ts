import { expect } from "vitest";
import { largestDifference } from "./largest-difference";

/** Expects two JSON values of the same shape, whose numbers differ by at most 1e-6. */
export function expectSameFigures(actual: unknown, expected: unknown): void {
  const { difference, of } = largestDifference(actual, expected);
  expect(difference, of).toBeLessThanOrEqual(1e-6);
}
