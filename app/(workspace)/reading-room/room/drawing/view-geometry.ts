import type { Point } from "@/lib/science/imaging/mask-editing/grid";
import type { LayerPlace } from "../picture/layer";

/** The image's point under a place of the view in CSS pixels. */
export function toImage(matrix: LayerPlace["matrix"], x: number, y: number): Point {
  const [a, b, c, d, e, f] = matrix;
  const determinant = a * d - b * c;
  return [(d * (x - e) - c * (y - f)) / determinant, (a * (y - f) - b * (x - e)) / determinant];
}

/** CSS pixels that an image column takes. */
export function scaleOf([a, b]: LayerPlace["matrix"]): number {
  return Math.hypot(a, b);
}

/** Row spacing / column spacing; 1 where unknown. A brush with it is round on the screen. */
export function aspectOf({ slice }: Pick<LayerPlace, "slice">): number {
  const { rowSpacingMm, columnSpacingMm } = slice;
  return rowSpacingMm !== null && columnSpacingMm !== null ? rowSpacingMm / columnSpacingMm : 1;
}
