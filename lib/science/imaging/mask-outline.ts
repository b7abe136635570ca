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
 * Example: one pixel at row 2, column 1 gives `[[[1, 2], [2, 2], [2, 3], [1, 3]]]`.
 *
 * Throws where the mask is not of that size.
 */
export function maskOutline(mask: ArrayLike<number>, rows: number, columns: number): Corner[][] {
  if (mask.length !== rows * columns) {
    throw new Error(`a mask of ${rows} x ${columns} has ${rows * columns} pixels, not ${mask.length}`);
  }
  const edges = directedEdges(mask, rows, columns);
  const loops: Corner[][] = [];
  for (const [start, outgoing] of edges) {
    while (outgoing.length > 0) loops.push(followLoop(edges, start, columns + 1));
  }
  return loops;
}

/** 0 right, 1 down, 2 left, 3 up: clockwise, so that a right turn is the next number. */
type Direction = 0 | 1 | 2 | 3;

/** Outgoing edges by corner; tumor lies to the right of every edge. Corners are numbered row by row. */
function directedEdges(mask: ArrayLike<number>, rows: number, columns: number): Map<number, Direction[]> {
  const edges = new Map<number, Direction[]>();
  const width = columns + 1;
  const add = (corner: number, direction: Direction) => {
    const outgoing = edges.get(corner);
    if (outgoing) outgoing.push(direction);
    else edges.set(corner, [direction]);
  };
  const isTumor = (row: number, column: number) =>
    row >= 0 && row < rows && column >= 0 && column < columns && mask[row * columns + column] !== 0;
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      if (!isTumor(row, column)) continue;
      const topLeft = row * width + column;
      if (!isTumor(row - 1, column)) add(topLeft, 0);
      if (!isTumor(row, column + 1)) add(topLeft + 1, 1);
      if (!isTumor(row + 1, column)) add(topLeft + width + 1, 2);
      if (!isTumor(row, column - 1)) add(topLeft + width, 3);
    }
  }
  return edges;
}

/** Walks one loop from `start`, removing its edges; the last of them is the edge that it began with. */
function followLoop(edges: Map<number, Direction[]>, start: number, width: number): Corner[] {
  const steps = [1, width, -1, -width] as const;
  const corners: Corner[] = [];
  const first = edges.get(start)![0]!;
  let corner = start;
  let direction = first;
  do {
    corner += steps[direction];
    const turned = takeNext(edges.get(corner)!, direction);
    if (turned !== direction) corners.push([corner % width, Math.floor(corner / width)]);
    direction = turned;
  } while (corner !== start || direction !== first);
  corners.unshift(...corners.splice(-1));
  return corners;
}

/** Where two loops touch, the right turn stays with the pixel at hand. */
function takeNext(outgoing: Direction[], came: Direction): Direction {
  const right = ((came + 1) % 4) as Direction;
  const index = Math.max(0, outgoing.indexOf(right));
  return outgoing.splice(index, 1)[0]!;
}
