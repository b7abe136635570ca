import type { Types } from "@cornerstonejs/core";
import type { ImageMatrix, SliceGeometry } from "../room/picture/layer";
import type { GreyRange } from "../room/picture/window";

/** What the picture on the screen is, read back from Cornerstone after it was drawn. */
export interface Drawn {
  /** Null before the first picture. */
  index: number | null;
  range: GreyRange;
  /** CSS pixels an image column takes. */
  zoom: number;
  matrix: ImageMatrix;
  /** `matrix` as an SVG transform. */
  transform: string;
}

export const nothingDrawn: Drawn = {
  index: null,
  range: { lower: 0, upper: 255 },
  zoom: 1,
  matrix: [1, 0, 0, 1, 0, 0],
  transform: "",
};

export function readDrawn(stack: Types.IStackViewport, slices: readonly SliceGeometry[]): Drawn {
  const index = stack.getCurrentImageIdIndex();
  const slice = slices[index];
  const image = stack.getCornerstoneImage();
  const range = stack.getProperties().voiRange;
  if (!slice || !image || !range) return nothingDrawn;
  const across = image.columnPixelSpacing;
  const down = image.rowPixelSpacing;
  // A pixel's world position is its centre; the outline's corners lie half a pixel before it.
  const corner = (column: number, row: number) =>
    stack.worldToCanvas([(column - 0.5) * across, (row - 0.5) * down, 0]);
  const [x, y] = corner(0, 0);
  const [rightX, rightY] = corner(slice.columns, 0);
  const [downX, downY] = corner(0, slice.rows);
  const matrix: ImageMatrix = [
    (rightX - x) / slice.columns,
    (rightY - y) / slice.columns,
    (downX - x) / slice.rows,
    (downY - y) / slice.rows,
    x,
    y,
  ];
  return {
    index,
    range: { lower: range.lower, upper: range.upper },
    matrix,
    zoom: Math.hypot(matrix[0], matrix[1]),
    transform: `matrix(${matrix.map((value) => value.toFixed(4)).join(" ")})`,
  };
}

/** `before`, the same object, where nothing has changed. */
export function sameOr(before: Drawn, now: Drawn): Drawn {
  const same =
    before.index === now.index &&
    before.transform === now.transform &&
    before.range.lower === now.range.lower &&
    before.range.upper === now.range.upper;
  return same ? before : now;
}
