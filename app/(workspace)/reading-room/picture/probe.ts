import type { ImageMatrix } from "../room/picture/layer";

/** The pixel under the pointer, from 0, and the view that the pointer is over. */
export interface ProbePlace {
  view: number;
  column: number;
  row: number;
}

/** Tells all views what is under the pointer, without React: the pointer moves more often than a page can be rendered. */
export interface Probe {
  place(): ProbePlace | null;
  show(place: ProbePlace | null): void;
  /** Calls `listener` at each change; returns what ends it. */
  follow(listener: (place: ProbePlace | null) => void): () => void;
}

export function createProbe(): Probe {
  const listeners = new Set<(place: ProbePlace | null) => void>();
  let shown: ProbePlace | null = null;
  return {
    place: () => shown,
    show(place) {
      const same =
        place?.view === shown?.view && place?.column === shown?.column && place?.row === shown?.row;
      if (same) return;
      shown = place;
      for (const listener of listeners) listener(place);
    },
    follow(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** The pixel at `x`, `y` of a view, in CSS pixels; null outside the image. */
export function pixelAt(
  [a, b, c, d, e, f]: ImageMatrix,
  x: number,
  y: number,
  size: { rows: number; columns: number },
): { column: number; row: number } | null {
  const determinant = a * d - b * c;
  const column = Math.floor((d * (x - e) - c * (y - f)) / determinant);
  const row = Math.floor((a * (y - f) - b * (x - e)) / determinant);
  const inside = column >= 0 && row >= 0 && column < size.columns && row < size.rows;
  return inside ? { column, row } : null;
}

/** `x 123 y 88 · 143`; with R, G and B `x 123 y 88 · R 9 G 143 B 20`. */
export function probeText(column: number, row: number, values: readonly number[]): string {
  const [red, green, blue] = values;
  const value = values.length === 3 ? `R ${red} G ${green} B ${blue}` : (red ?? "");
  return `x ${column} y ${row} · ${value}`;
}
