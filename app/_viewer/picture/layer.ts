import type { Sequence } from "./hanging";
import type { SliceGeometry } from "./image-loader";

/** Where a layer over a view's picture is drawn: masks, heatmap, the stroke under the pen. */
export interface LayerPlace {
  /** 1 for the leftmost view. */
  view: number;
  sequence: Sequence;
  /** The slice whose picture is on the screen. */
  slice: SliceGeometry;
  /** `[a, b, c, d, e, f]` from image pixels (0, 0 at the top left corner) to CSS pixels of the view: x = a column + c row + e. */
  matrix: readonly [number, number, number, number, number, number];
  /** The same as an SVG transform. */
  transform: string;
  /** The view's element, which gets the mouse. */
  surface: HTMLElement;
}
