import { type RefObject, useEffect } from "react";
import type { SliceGeometry } from "../room/picture/layer";
import type { Drawn } from "./drawn";
import { type Probe, pixelAt, probeText } from "./probe";
import type { StackView } from "./stack-view";

interface Input {
  probe: Probe;
  /** 1 for the leftmost. */
  number: number;
  surface: HTMLElement | null;
  drawn: Drawn;
  /** The slice that is drawn. */
  slice: SliceGeometry | undefined;
  /** Null until it is open. */
  view: Pick<StackView, "readPixel"> | null;
  text: RefObject<HTMLElement | null>;
  /** Placed with its middle on the pixel, in views that the pointer is not over. */
  cross: RefObject<HTMLElement | null>;
}

/** Follows the pointer over this view for all views, and writes what this one has at the place. Held buttons end it. */
export function useProbe({ probe, number, surface, drawn, slice, view, text, cross }: Input): void {
  useEffect(() => {
    if (!surface || !slice || drawn.index === null) return;
    const move = (event: PointerEvent) => {
      if (event.buttons !== 0) return;
      const { left, top } = surface.getBoundingClientRect();
      const pixel = pixelAt(drawn.matrix, event.clientX - left, event.clientY - top, slice);
      probe.show(pixel && { view: number, ...pixel });
    };
    const leave = () => probe.show(null);
    surface.addEventListener("pointermove", move);
    surface.addEventListener("pointerdown", leave);
    surface.addEventListener("pointerleave", leave);
    return () => {
      surface.removeEventListener("pointermove", move);
      surface.removeEventListener("pointerdown", leave);
      surface.removeEventListener("pointerleave", leave);
    };
  }, [probe, number, surface, drawn, slice]);

  useEffect(() => {
    const write = () => {
      const place = probe.place();
      const inside = place && slice && place.column < slice.columns && place.row < slice.rows;
      const shown = inside && drawn.index !== null;
      if (text.current) {
        text.current.textContent = shown
          ? probeText(place.column, place.row, view?.readPixel(place.column, place.row) ?? [])
          : "";
      }
      if (!cross.current) return;
      cross.current.hidden = !shown || place.view === number;
      if (!shown) return;
      const [a, b, c, d, e, f] = drawn.matrix;
      const [column, row] = [place.column + 0.5, place.row + 0.5];
      cross.current.style.transform = `translate(${a * column + c * row + e}px, ${b * column + d * row + f}px)`;
    };
    write();
    return probe.follow(write);
  }, [probe, number, drawn, slice, view, text, cross]);
}
