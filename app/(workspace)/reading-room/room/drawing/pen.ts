import { useEffect, useRef } from "react";
import type { Point } from "@/lib/science/imaging/mask-editing/grid";
import type { LayerPlace } from "../picture/layer";
import { beginPress, type StrokeInput, type UnderWay } from "./begin-press";
import { toImage } from "./view-geometry";

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
    let drag: (UnderWay & { pointerId: number }) | null = null;

    const pointOf = (event: PointerEvent): Point => {
      const box = surface.getBoundingClientRect();
      return toImage(latest.current.place.matrix, event.clientX - box.left, event.clientY - box.top);
    };

    const press = (event: PointerEvent) => {
      const pen = event.button === penEraserButton;
      if (drag || (event.button !== 0 && !pen) || event.shiftKey || event.ctrlKey || event.metaKey) return;
      const begun = beginPress(latest.current, pointOf(event), event.altKey || pen);
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
    surface.addEventListener("pointerdown", press, { capture: true });
    surface.addEventListener("mousedown", keepFromPicture, { capture: true });
    surface.addEventListener("pointermove", move);
    surface.addEventListener("pointerup", release);
    surface.addEventListener("pointercancel", release);
    surface.addEventListener("lostpointercapture", release);
    window.addEventListener("keydown", cancelByKey, { capture: true });
    return () => {
      // Another tool or slice while the button is down: what was drawn stays.
      drag?.end();
      surface.removeEventListener("pointerdown", press, { capture: true });
      surface.removeEventListener("mousedown", keepFromPicture, { capture: true });
      surface.removeEventListener("pointermove", move);
      surface.removeEventListener("pointerup", release);
      surface.removeEventListener("pointercancel", release);
      surface.removeEventListener("lostpointercapture", release);
      window.removeEventListener("keydown", cancelByKey, { capture: true });
    };
  }, [surface, place.slice.id, input.tool, input.store]);
}
