/** A figure after so many labelled slices; null where it is undefined. */
export interface CurvePoint {
  labelled: number;
  value: number | null;
}

/**
 * The mean height of a learning curve: the area under its straight lines over its width. Null where a point is
 * undefined or there are fewer than two.
 *
 * @example
 * const curve = [[10, 0.8], [20, 0.9], [40, 1.0]].map(([labelled, value]) => ({ labelled, value }));
 * meanHeight(curve) // expect.closeTo((8.5 + 19) / 30, 9)
 */
export function meanHeight(curve: readonly CurvePoint[]): number | null {
  if (curve.length < 2) return null;
  let area = 0;
  for (let index = 1; index < curve.length; index++) {
    const [a, b] = [curve[index - 1]!, curve[index]!];
    if (a.value === null || b.value === null) return null;
    area += ((a.value + b.value) / 2) * (b.labelled - a.labelled);
  }
  return area / (curve.at(-1)!.labelled - curve[0]!.labelled);
}

/**
 * Labelled slices at which a curve first is at `goal` or above, on the straight line between two points; null where
 * it never is.
 *
 * @example
 * labelledToReach([{ labelled: 10, value: 0.8 }, { labelled: 20, value: 0.9 }], 0.85) // expect.closeTo(15, 9)
 */
export function labelledToReach(curve: readonly CurvePoint[], goal: number): number | null {
  for (const [index, { labelled, value }] of curve.entries()) {
    if (value === null || value < goal) continue;
    const before = curve[index - 1];
    if (!before || before.value === null) return labelled;
    return before.labelled + ((goal - before.value) / (value - before.value)) * (labelled - before.labelled);
  }
  return null;
}
