import type { Grid, Point } from "@/lib/science/imaging/mask-editing/grid";
import type { Random } from "@/lib/science/training/random";

/** A mask from lines of text: `#` is tumor. */
export function drawn(...lines: string[]): { mask: Uint8Array; grid: Grid } {
  return {
    mask: Uint8Array.from(lines.join(""), (letter) => (letter === "#" ? 1 : 0)),
    grid: { rows: lines.length, columns: lines[0]!.length },
  };
}

/** The lines of a mask, the reverse of `drawn`. */
export function linesOf(mask: Uint8Array, { rows, columns }: Grid): string[] {
  return Array.from({ length: rows }, (_, row) =>
    Array.from(mask.subarray(row * columns, (row + 1) * columns), (value) => (value ? "#" : ".")).join(""),
  );
}

export function randomMask(random: Random, { rows, columns }: Grid, share = 0.5): Uint8Array {
  return Uint8Array.from({ length: rows * columns }, () => (random() < share ? 1 : 0));
}

/** A point in the image or up to half its size beyond. */
export function randomPoint(random: Random, { rows, columns }: Grid): Point {
  return [(random() * 2 - 0.5) * columns, (random() * 2 - 0.5) * rows];
}

/** Sizes that catch a swapped row and column: odd, flat, single. */
export const ODD_GRIDS: Grid[] = [
  { rows: 1, columns: 1 },
  { rows: 1, columns: 5 },
  { rows: 6, columns: 1 },
  { rows: 7, columns: 13 },
  { rows: 20, columns: 9 },
];
