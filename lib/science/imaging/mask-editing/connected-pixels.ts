import type { Grid } from "./grid";

/**
 * The pixels that can be reached from `seeds` by steps to the left, right, up and down (4-connectivity) over pixels
 * that belong: `[rows, columns]`, 1 where reached. A seed that does not belong is not reached.
 */
export function connectedPixels(
  { rows, columns }: Grid,
  seeds: Iterable<number>,
  belongs: (index: number) => boolean,
): Uint8Array {
  const reached = new Uint8Array(rows * columns);
  const waiting: number[] = [];
  const visit = (index: number) => {
    if (reached[index] || !belongs(index)) return;
    reached[index] = 1;
    waiting.push(index);
  };
  for (const seed of seeds) visit(seed);
  for (let index = waiting.pop(); index !== undefined; index = waiting.pop()) {
    const column = index % columns;
    if (column > 0) visit(index - 1);
    if (column < columns - 1) visit(index + 1);
    if (index >= columns) visit(index - columns);
    if (index < (rows - 1) * columns) visit(index + columns);
  }
  return reached;
}
