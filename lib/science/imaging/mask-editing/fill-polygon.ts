import { type Grid, type Point, requireSize } from "./grid";

/**
 * Sets the pixels whose centre lies inside a closed polygon; returns true if any changed. `mask` is `[rows, columns]`,
 * 0 or 1, and is changed in place. The last corner is joined to the first; corners may lie outside the image.
 *
 * Inside is by the even-odd rule: a region that the line encloses twice is outside. A centre exactly on an edge is
 * inside where the polygon lies to its right, or below a level edge, so that two polygons along one edge neither
 * overlap nor leave a gap.
 *
 * Throws `RangeError` for a mask of another size.
 *
 * @example
 * const mask = new Uint8Array(8);
 * const corners = [[0, 0.5], [2, 0.5], [2, 1.5], [0, 1.5]];
 * fillPolygon(mask, { rows: 2, columns: 4 }, corners, 1) // true
 * mask // [1, 1, 0, 0, 0, 0, 0, 0]
 */
export function fillPolygon(mask: Uint8Array, grid: Grid, corners: readonly Point[], value: 0 | 1): boolean {
  requireSize(mask, grid);
  let top = Infinity;
  let bottom = -Infinity;
  for (const [, y] of corners) {
    top = Math.min(top, y);
    bottom = Math.max(bottom, y);
  }
  let changed = false;
  const lastRow = Math.min(grid.rows, firstCentre(bottom)) - 1;
  for (let row = Math.max(0, firstCentre(top)); row <= lastRow; row++) {
    const crossings = crossingsAt(corners, row + 0.5);
    for (let pair = 0; pair < crossings.length; pair += 2) {
      const lastColumn = Math.min(grid.columns, firstCentre(crossings[pair + 1]!)) - 1;
      for (let column = Math.max(0, firstCentre(crossings[pair]!)); column <= lastColumn; column++) {
        const index = row * grid.columns + column;
        if (mask[index] === value) continue;
        mask[index] = value;
        changed = true;
      }
    }
  }
  return changed;
}

/** The first pixel whose centre lies at or after a coordinate. */
function firstCentre(coordinate: number) {
  return Math.ceil(coordinate - 0.5);
}

/** Where the polygon's edges cross a level line, from left to right; an even number. */
function crossingsAt(corners: readonly Point[], y: number): number[] {
  const crossings: number[] = [];
  for (let index = 0; index < corners.length; index++) {
    const first = corners[index]!;
    const second = corners[(index + 1) % corners.length]!;
    if (first[1] <= y === second[1] <= y) continue;
    // From its upper end always: an edge of two polygons must cross at the very same number in both.
    const [upper, lower] = first[1] < second[1] ? [first, second] : [second, first];
    crossings.push(upper[0] + ((y - upper[1]) * (lower[0] - upper[0])) / (lower[1] - upper[1]));
  }
  return crossings.sort((left, right) => left - right);
}
