import { fillPolygon } from "@/lib/science/imaging/mask-editing/fill-polygon";
import { floodFill } from "@/lib/science/imaging/mask-editing/flood-fill";
import { type Point, pixelUnder } from "@/lib/science/imaging/mask-editing/grid";
import { paintStroke } from "@/lib/science/imaging/mask-editing/paint-stroke";
import type { LayerPlace } from "../picture/layer";
import type { OpenStroke } from "./drawing";
import type { DrawingStore } from "./drawing-store";
import { addCorner, closes, extended, type PolygonInProgress } from "./polygon-in-progress";
import type { DrawingTool, ToolSettings } from "./tools";
import { aspectOf, scaleOf } from "./view-geometry";

export interface StrokeInput {
  store: DrawingStore;
  tool: DrawingTool;
  settings: ToolSettings;
  polygon: PolygonInProgress | null;
  onPolygon(polygon: PolygonInProgress | null): void;
  /** Grey values of the picture in the view; null while they load. */
  grey: { readonly current: Uint8Array | null };
}

/** Corners that a press-and-drag must have left for it to be a freehand outline, and not a click with a shaky hand. */
const freehandCorners = 8;

type Latest = StrokeInput & { place: Pick<LayerPlace, "slice" | "matrix"> };

/** A press that goes on until the button is released. */
export interface UnderWay {
  move(point: Point): void;
  end(): void;
  cancel(): void;
}

/** What a press at `at` begins with the tool at hand; null where it is done at once or nothing can be drawn now. */
export function beginPress(latest: Latest, at: Point, takesAway: boolean): UnderWay | null {
  if (!latest.store.mayBegin(latest.place.slice.id)) return null;
  if (latest.tool === "polygon") return beginPolygon(latest, at, takesAway);
  if (latest.tool === "flood") return flood(latest, at, takesAway);
  return beginBrush(latest, at, takesAway);
}

function beginBrush({ store, tool, settings, place, grey }: Latest, at: Point, takesAway: boolean) {
  const { slice } = place;
  const image = grey.current;
  if (tool === "threshold" && !image) return null;
  const stroke: OpenStroke | null = store.beginStroke(
    slice.id,
    tool === "threshold" ? "threshold" : tool === "eraser" || takesAway ? "eraser" : "brush",
  );
  if (!stroke) return null;
  const begun = pixelUnder(at, slice);
  // The grey value where the stroke begins; outside the image none is allowed.
  const seed = image && begun !== null ? image[begun]! : Number.NaN;
  const brush = {
    radius: settings.radius,
    aspect: aspectOf(place),
    value: tool === "eraser" || takesAway ? (0 as const) : (1 as const),
    ...(tool === "threshold"
      ? { allows: (index: number) => Math.abs(image![index]! - seed) <= settings.tolerance }
      : {}),
  };
  let last = at;
  const move = (to: Point) => {
    if (paintStroke(stroke.mask, slice, last, to, brush)) stroke.painted();
    last = to;
  };
  move(at);
  return { move, end: stroke.end, cancel: stroke.cancel };
}

function flood({ store, settings, place, grey }: Latest, at: Point, takesAway: boolean) {
  const image = grey.current;
  if (!image) return null;
  store.edit(place.slice.id, "flood", (mask) => {
    floodFill(mask, place.slice, image, at, settings.tolerance, takesAway ? 0 : 1);
  });
  return null;
}

function beginPolygon(latest: Latest, at: Point, takesAway: boolean) {
  const { place, polygon, onPolygon, store } = latest;
  const here = polygon?.sliceId === place.slice.id ? polygon : null;
  if (here && closes(here, at, scaleOf(place.matrix))) {
    closePolygon(store, place.slice, here);
    onPolygon(null);
    return null;
  }
  let drawn: PolygonInProgress = addCorner(here, place.slice.id, at, here ? here.erases : takesAway);
  const begun = drawn.corners.length;
  onPolygon(drawn);
  return {
    move(to: Point) {
      const next = extended(drawn, to);
      if (next === drawn) return;
      drawn = next;
      onPolygon(drawn);
    },
    end() {
      if (drawn.corners.length - begun < freehandCorners) {
        // A click: the way of a shaky hand is no outline.
        onPolygon({ ...drawn, corners: drawn.corners.slice(0, begun) });
        return;
      }
      closePolygon(store, place.slice, drawn);
      onPolygon(null);
    },
    cancel() {
      onPolygon(here);
    },
  };
}

/** Fills a polygon, or cuts it out. Fewer than three corners enclose nothing. */
export function closePolygon(
  store: DrawingStore,
  slice: LayerPlace["slice"],
  { corners, erases, sliceId }: PolygonInProgress,
): void {
  if (corners.length < 3 || sliceId !== slice.id) return;
  store.edit(sliceId, "polygon", (mask) => {
    fillPolygon(mask, slice, corners, erases ? 0 : 1);
  });
}
