import type { Sequence } from "./hanging";

/** What the viewer must know of a slice to place it. */
export interface SliceGeometry {
  id: string;
  /** Its number in the archive. */
  position: number;
  rows: number;
  columns: number;
  /** Null means unknown: the picture is then drawn with square pixels and nothing is said in mm. */
  rowSpacingMm: number | null;
  columnSpacingMm: number | null;
  /** Direction cosines of a row and of a column in patient coordinates, six numbers; empty means unknown. */
  orientation: readonly number[];
}

/** `[a, b, c, d, e, f]` from image pixels to CSS pixels of a view: x = a column + c row + e, y = b column + d row + f. */
export type ImageMatrix = readonly [number, number, number, number, number, number];

/** Where a layer over a view's picture is drawn: masks, heatmap, the stroke under the pen. */
export interface LayerPlace {
  /** 1 for the leftmost view. */
  view: number;
  sequence: Sequence;
  /** The slice whose picture is on the screen. */
  slice: SliceGeometry;
  /** Image pixels have 0, 0 at the top left corner of the first pixel. */
  matrix: ImageMatrix;
  /** The same as an SVG transform. */
  transform: string;
  /** The view's element, which gets the mouse. */
  surface: HTMLElement;
}
