/** A corner between pixels, `[x, y]` in pixels from the image's top left corner: pixel (row, column) spans column to column + 1. */
export type Corner = readonly [x: number, y: number];

/**
 * The outline of a mask as closed loops along pixel edges, so that it can be drawn exactly at any zoom.
 *
 * `mask` is `[rows, columns]`, row by row, a byte per pixel: 0 background, anything else tumor. Loops hold the corners
 * only (points between two edges in line are left out), run clockwise around tumor and counter-clockwise around holes
 * (y pointing down), and do not repeat their first corner. Pixels that touch by a corner alone belong to separate
 * loops (4-connectivity). Filling the loops by the even-odd rule gives the mask back.
 *
 * Throws where the mask is not of that size.
 *
 * @example
 * // One pixel of 3 x 2 at row 2, column 1.
 * maskOutline([0, 0, 0, 0, 0, 1], 3, 2) // [[[1, 2], [2, 2], [2, 3], [1, 3]]]
 */
export function maskOutline(mask: ArrayLike<number>, rows: number, columns: number): Corner[][] {
  if (mask.length !== rows * columns) {
    throw new Error(`a mask of ${rows} x ${columns} has ${rows * columns} pixels, not ${mask.length}`);
  }
  const edges = directedEdges(mask, rows, columns);
  const loops: Corner[][] = [];
  // Every loop has an edge to the right: the top of tumor, or the bottom of a hole.
  for (let start = 0; start < edges.length; start++) {
    while (edges[start]! & bitOf.right) loops.push(followLoop(edges, start, columns + 1));
  }
  return loops;
}

/** Directions count clockwise, 0 right, 1 down, 2 left, 3 up: a right turn is the next one. An edge is the bit of its direction. */
const bitOf = { right: 1, down: 2, left: 4, up: 8 } as const;

/** Outgoing edges of each corner as bits; tumor lies to the right of every edge. Corners are numbered row by row. */
function directedEdges(mask: ArrayLike<number>, rows: number, columns: number): Uint8Array {
  const width = columns + 1;
  const edges = new Uint8Array((rows + 1) * width);
  for (let row = 0, pixel = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++, pixel++) {
      if (mask[pixel] === 0) continue;
      const topLeft = pixel + row;
      if (row === 0 || mask[pixel - columns] === 0) edges[topLeft]! |= bitOf.right;
      if (column === columns - 1 || mask[pixel + 1] === 0) edges[topLeft + 1]! |= bitOf.down;
      if (row === rows - 1 || mask[pixel + columns] === 0) edges[topLeft + width + 1]! |= bitOf.left;
      if (column === 0 || mask[pixel - 1] === 0) edges[topLeft + width]! |= bitOf.up;
    }
  }
  return edges;
}

/**
 * Walks one loop, removing its edges. `start` is the first corner of it, row by row, so that the loop turns there: its
 * first edge goes right. Where two loops touch, the right turn stays with the pixel at hand.
 */
function followLoop(edges: Uint8Array, start: number, width: number): Corner[] {
  const steps = [1, width, -1, -width] as const;
  const corners: Corner[] = [];
  let corner = start;
  let direction = -1;
  do {
    const outgoing = edges[corner]!;
    const right = (direction + 1) & 3;
    const next = outgoing & (1 << right) ? right : 31 - Math.clz32(outgoing);
    if (next !== direction) corners.push([corner % width, Math.floor(corner / width)]);
    edges[corner] = outgoing & ~(1 << next);
    direction = next;
    corner += steps[next]!;
  } while (corner !== start || edges[corner]! & (1 << ((direction + 1) & 3)));
  return corners;
}
