/**
 * Largest absolute difference of numbers at the same place of two JSON values; with `of`, the place. Throws an `Error`
 * where the two have other places, or differ in something that is no number.
 */
export function largestDifference(actual: unknown, expected: unknown): { difference: number; of: string } {
  const [ours, theirs] = [new Map(leaves(actual)), new Map(leaves(expected))];
  const places = [...new Set([...ours.keys(), ...theirs.keys()])];
  let largest = { difference: 0, of: "" };
  for (const place of places) {
    if (!ours.has(place) || !theirs.has(place)) throw new Error(`only one of the two has ${place}`);
    const [value, other] = [ours.get(place), theirs.get(place)];
    if (typeof value === "number" && typeof other === "number") {
      const difference = Math.abs(value - other);
      if (!(difference <= largest.difference)) largest = { difference, of: place };
    } else if (value !== other) throw new Error(`${place} is ${value} and ${other}`);
  }
  return largest;
}

/** Every value that is no object or array, with its place: `/metrics/auc/value`. */
export function* leaves(value: unknown, name = ""): Generator<[string, unknown]> {
  if (value === null || typeof value !== "object") yield [name, value];
  else
    for (const [key, own] of Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      yield* leaves(own, `${name}/${key}`);
}
