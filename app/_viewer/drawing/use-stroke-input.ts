import { type RefObject, useEffect, useRef } from "react";
import { fillPolygon } from "@/lib/science/imaging/mask-editing/fill-polygon";
import { floodFill } from "@/lib/science/imaging/mask-editing/flood-fill";
import type { Point } from "@/lib/science/imaging/mask-editing/grid";
import { paintStroke } from "@/lib/science/imaging/mask-editing/paint-stroke";
import type { LayerPlace } from "../picture/layer";
import type { DrawingStore, OpenStroke } from "./drawing-store";
import { addCorner, closes, extended, type PolygonInProgress } from "./polygon-in-progress";
import type { DrawingTool, ToolSettings } from "./tools";
import { aspectOf, scaleOf, toImage } from "./view-geometry";

export interface StrokeInput {
  store: DrawingStore;
  tool: DrawingTool;
  settings: ToolSettings;
  polygon: PolygonInProgress | null;
  onPolygon(polygon: PolygonInProgress | null): void;
  /** Grey values of the picture in the view; null while they load. */
  grey: RefObject<Uint8Array | null>;
}

/** Corners that a press-and-drag must have left for it to be a freehand outline, and not a click with a shaky hand. */
const freehandCorners = 8;
const penEraserButton = 5;

/**
 * Draws with the left mouse button, a pen or a finger on a view's surface: strokes go to the store as they are made.
 * Shift and Ctrl leave the button to pan and zoom; Alt, or a pen's eraser, takes away instead of adding.
 */
export function useStrokeInput(place: LayerPlace, input: StrokeInput) {
  const latest = useRef({ place, ...input });
  latest.current = { place, ...input };
  const { surface } = place;

  // biome-ignore lint/correctness/useExhaustiveDependencies: another slice or tool ends the stroke under way
  useEffect(() => {
    let drag: { move(point: Point): void; end(): void; cancel(): void; pointerId: number } | null = null;

    const pointOf = (event: PointerEvent): Point => {
      const box = surface.getBoundingClientRect();
      return toImage(latest.current.place.matrix, event.clientX - box.left, event.clientY - box.top);
    };

    const press = (event: PointerEvent) => {
      const pen = event.button === penEraserButton;
      if (drag || (event.button !== 0 && !pen) || event.shiftKey || event.ctrlKey || event.metaKey) return;
      const begun = begin(latest.current, pointOf(event), event.altKey || pen);
      // The picture's own tools must not have this press as well.
      event.preventDefault();
      event.stopPropagation();
      if (!begun) return;
      drag = { ...begun, pointerId: event.pointerId };
      surface.setPointerCapture(event.pointerId);
    };
    const move = (event: PointerEvent) => {
      if (drag?.pointerId !== event.pointerId) return;
      const events = event.getCoalescedEvents?.() ?? [];
      for (const one of events.length > 0 ? events : [event]) drag.move(pointOf(one));
    };
    const release = (event: PointerEvent) => {
      if (drag?.pointerId !== event.pointerId) return;
      const ended = drag;
      drag = null;
      ended.end();
    };
    // Cornerstone listens for the mouse events that browsers make of a press.
    const keepFromPicture = (event: MouseEvent) => {
      if (drag && event.button === 0) event.stopPropagation();
    };
    const cancel = (event: KeyboardEvent) => {
      if (event.key !== "Escape" || !drag) return;
      event.stopPropagation();
      const cancelled = drag;
      drag = null;
      cancelled.cancel();
    };
    surface.addEventListener("pointerdown", press, { capture: true });
    surface.addEventListener("mousedown", keepFromPicture, { capture: true });
    surface.addEventListener("pointermove", move);
    surface.addEventListener("pointerup", release);
    surface.addEventListener("pointercancel", release);
    surface.addEventListener("lostpointercapture", release);
    window.addEventListener("keydown", cancel, { capture: true });
    return () => {
      // Another tool or slice while the button is down: what was drawn stays.
      drag?.end();
      surface.removeEventListener("pointerdown", press, { capture: true });
      surface.removeEventListener("mousedown", keepFromPicture, { capture: true });
      surface.removeEventListener("pointermove", move);
      surface.removeEventListener("pointerup", release);
      surface.removeEventListener("pointercancel", release);
      surface.removeEventListener("lostpointercapture", release);
      window.removeEventListener("keydown", cancel, { capture: true });
    };
  }, [surface, place.slice.id, input.tool, input.store]);
}

type Latest = StrokeInput & { place: LayerPlace };

function begin(latest: Latest, at: Point, takesAway: boolean) {
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
  const [column, row] = [Math.floor(at[0]), Math.floor(at[1])];
  const inside = column >= 0 && row >= 0 && column < slice.columns && row < slice.rows;
  // The grey value where the stroke begins; outside the image none is allowed.
  const seed = image && inside ? image[row * slice.columns + column]! : Number.NaN;
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
