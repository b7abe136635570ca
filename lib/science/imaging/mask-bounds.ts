/** A rectangle of pixels; both ends are inside it. */
export interface Bounds {
  firstRow: number;
  lastRow: number;
  firstColumn: number;
  lastColumn: number;
}

/** The smallest rectangle around a mask's tumor, or null where it has none. `mask` is `[rows, columns]`, 0 or 1. */
export function maskBounds(mask: Uint8Array, columns: number): Bounds | null {
  let bounds: Bounds | null = null;
  for (let index = 0; index < mask.length; index++) {
    if (!mask[index]) continue;
    const row = Math.floor(index / columns);
    const column = index % columns;
    bounds ??= { firstRow: row, lastRow: row, firstColumn: column, lastColumn: column };
    bounds.lastRow = row;
    bounds.firstColumn = Math.min(bounds.firstColumn, column);
    bounds.lastColumn = Math.max(bounds.lastColumn, column);
  }
  return bounds;
}
