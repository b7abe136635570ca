import { maskOutline } from "@/lib/science/imaging/mask-outline";

/**
 * The outline of a mask, `[rows, columns]`, as SVG path data in pixels; empty for an empty mask. Made for each move of
 * a brush, so it must stay far below a frame.
 *
 * Example: one pixel at row 2, column 1 gives `M1 2H2V3H1Z`.
 */
export function maskPathOf(mask: ArrayLike<number>, rows: number, columns: number): string {
  let path = "";
  for (const loop of maskOutline(mask, rows, columns)) {
    const [x, y] = loop[0]!;
    path += `M${x} ${y}`;
    // Loops begin with an edge to the right and turn at every corner.
    for (let at = 1; at < loop.length; at++) path += at % 2 === 1 ? `H${loop[at]![0]}` : `V${loop[at]![1]}`;
    path += "Z";
  }
  return path;
}
