import type { Point } from "@/lib/science/imaging/mask-editing/grid";
import type { Core } from "../core";
import type { LayerPlace } from "../picture/layer";
import { penTool } from "../selectors";
import { beginPress, type UnderWay } from "./begin-press";
import { toImage } from "./view-geometry";

const penEraserButton = 5;

interface Input {
  core: Pick<Core, "get" | "put" | "drawings">;
  /** Where the picture is in the view now. */
  place(): Pick<LayerPlace, "slice" | "matrix">;
  /** Grey values of the picture in the view; null while they load. */
  grey: { readonly current: Uint8Array | null };
}

/**
 * Draws with the left mouse button, a pen or a finger on a view's surface: strokes go to the store as they are made.
 * Shift and Ctrl leave the button to pan and zoom; Alt, or a pen's eraser, takes away instead of adding.
 *
 * A press begins a gesture, and moves go on with it until it ends: by the release, or where the pointer is lost. Escape
 * cancels it. Whoever calls what is returned, because another slice or tool is wanted, ends it: what was drawn stays.
 */
export function attachPen(surface: HTMLElement, { core, place, grey }: Input): () => void {
  let drag: (UnderWay & { pointerId: number }) | null = null;

  const pointOf = (event: PointerEvent): Point => {
    const box = surface.getBoundingClientRect();
    return toImage(place().matrix, event.clientX - box.left, event.clientY - box.top);
  };

  const press = (event: PointerEvent) => {
    const pen = event.button === penEraserButton;
    if (drag || (event.button !== 0 && !pen) || event.shiftKey || event.ctrlKey || event.metaKey) return;
    const state = core.get();
    const tool = penTool(state);
    if (!tool) return;
    const input = {
      place: place(),
      store: core.drawings,
      tool,
      settings: state.view.toolSettings,
      polygon: state.now.polygon,
      onPolygon: (polygon: typeof state.now.polygon) => core.put("now", { polygon }),
      grey,
    };
    const begun = beginPress(input, pointOf(event), event.altKey || pen);
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
  const cancelByKey = (event: KeyboardEvent) => {
    if (event.key !== "Escape" || !drag) return;
    event.stopPropagation();
    const cancelled = drag;
    drag = null;
    cancelled.cancel();
  };
  const listening = new AbortController();
  const { signal } = listening;
  surface.addEventListener("pointerdown", press, { capture: true, signal });
  surface.addEventListener("mousedown", keepFromPicture, { capture: true, signal });
  surface.addEventListener("pointermove", move, { signal });
  for (const end of ["pointerup", "pointercancel", "lostpointercapture"] as const)
    surface.addEventListener(end, release, { signal });
  window.addEventListener("keydown", cancelByKey, { capture: true, signal });
  return () => {
    drag?.end();
    listening.abort();
  };
}
