import { expect } from "vitest";

/** Expects two JSON values of the same shape, whose numbers differ by at most 1e-6. */
export function expectSameFigures(actual: unknown, expected: unknown): void {
  const [ours, theirs] = [new Map(leaves(actual)), new Map(leaves(expected))];
  expect([...ours.keys()]).toEqual([...theirs.keys()]);
  for (const [name, value] of ours) {
    const other = theirs.get(name);
    if (typeof value === "number" && typeof other === "number") {
      expect(Math.abs(value - other), `${name}: ${value} and ${other}`).toBeLessThanOrEqual(1e-6);
    } else expect(value, name).toBe(other);
  }
}

function* leaves(value: unknown, name = ""): Generator<[string, unknown]> {
  if (value === null || typeof value !== "object") yield [name, value];
  else
    for (const [key, own] of Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      yield* leaves(own, `${name}/${key}`);
}
