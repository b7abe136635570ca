import { type Grid, type Point, pixelUnder, requireSize } from "./grid";

export interface Brush {
  /** Pixels (columns). */
  radius: number;
  /** Row spacing / column spacing; 1 where unknown: the brush is round on the screen. */
  aspect: number;
  /** 1 paints, 0 erases. */
  value: 0 | 1;
  /** Pixels that may change; all where left out (the threshold brush). */
  allows?: (index: number) => boolean;
}

/**
 * Draws a round brush from one point to another; returns true if any pixel changed. `mask` is `[rows, columns]`,
 * 0 or 1, and is changed in place.
 *
 * Sets every pixel whose centre lies within `radius` of the segment, both ends included. A brush that is too thin to
 * hold a centre sets the pixels under the segment instead: under both ends, and one in every column (every row,
 * where the segment is steep), so that a thin stroke has no gaps. Points may lie outside the image.
 *
 * The cost is that of the stroke's bounding box. Throws `RangeError` for a mask of another size.
 */
export function paintStroke(mask: Uint8Array, grid: Grid, from: Point, to: Point, brush: Brush): boolean {
  requireSize(mask, grid);
  let changed = false;
  const paint = (index: number) => {
    if (mask[index] === brush.value || (brush.allows && !brush.allows(index))) return;
    mask[index] = brush.value;
    changed = true;
  };
  paintAround(grid, from, to, brush, paint);
  // A wider brush holds the centre of every pixel under the segment already.
  if (brush.radius < Math.hypot(1, brush.aspect) / 2) paintUnder(grid, from, to, paint);
  return changed;
}

function paintAround(grid: Grid, from: Point, to: Point, brush: Brush, paint: (index: number) => void) {
  const { radius, aspect } = brush;
  const [firstColumn, lastColumn] = centresWithin(from[0], to[0], radius, grid.columns);
  const [firstRow, lastRow] = centresWithin(from[1], to[1], radius / aspect, grid.rows);
  const alongX = to[0] - from[0];
  const alongY = (to[1] - from[1]) * aspect;
  const lengthSquared = alongX * alongX + alongY * alongY;
  for (let row = firstRow; row <= lastRow; row++) {
    const y = (row + 0.5 - from[1]) * aspect;
    for (let column = firstColumn; column <= lastColumn; column++) {
      const x = column + 0.5 - from[0];
      const share = lengthSquared > 0 ? clamp((x * alongX + y * alongY) / lengthSquared, 0, 1) : 0;
      const awayX = x - share * alongX;
      const awayY = y - share * alongY;
      if (awayX * awayX + awayY * awayY <= radius * radius) paint(row * grid.columns + column);
    }
  }
}

/** First and last pixel of one axis whose centre lies within `reach` of what is between two coordinates. */
function centresWithin(from: number, to: number, reach: number, size: number): [first: number, last: number] {
  return [
    Math.max(0, Math.ceil(Math.min(from, to) - reach - 0.5)),
    Math.min(size - 1, Math.floor(Math.max(from, to) + reach - 0.5)),
  ];
}

/** One pixel in each column (row) that the segment crosses: where it passes the middle of that column (row). */
function paintUnder(grid: Grid, from: Point, to: Point, paint: (index: number) => void) {
  const paintPoint = (point: Point) => {
    const index = pixelUnder(point, grid);
    if (index !== null) paint(index);
  };
  paintPoint(from);
  paintPoint(to);
  const along = [to[0] - from[0], to[1] - from[1]] as const;
  const axis = Math.abs(along[0]) >= Math.abs(along[1]) ? 0 : 1;
  if (along[axis] === 0) return;
  const size = axis === 0 ? grid.columns : grid.rows;
  const [first, last] = centresWithin(from[axis], to[axis], 0, size);
  for (let pixel = first; pixel <= last; pixel++) {
    const share = (pixel + 0.5 - from[axis]) / along[axis];
    paintPoint([from[0] + share * along[0], from[1] + share * along[1]]);
  }
}

function clamp(value: number, low: number, high: number) {
  return Math.min(high, Math.max(low, value));
}
