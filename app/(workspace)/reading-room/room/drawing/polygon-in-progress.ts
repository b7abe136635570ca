import type { Point } from "@/lib/science/imaging/mask-editing/grid";

/** A polygon that is not closed yet, by clicks (corner by corner) or by a drag (freehand, as with scissors). */
export interface PolygonInProgress {
  sliceId: string;
  corners: readonly Point[];
  /** True where it takes tumor away. */
  erases: boolean;
}

/** A freehand line takes a corner each time the pen has gone this far, in pixels of the image. */
const freehandStep = 0.5;
/** Pixels on the screen within which a click on the first corner closes the polygon. */
const closingPx = 8;

export function addCorner(before: PolygonInProgress | null, sliceId: string, corner: Point, erases: boolean) {
  const corners = before?.sliceId === sliceId ? before.corners : [];
  return { sliceId, corners: [...corners, corner], erases };
}

/** With the pen's way added; the same object where it has not gone far enough. */
export function extended(polygon: PolygonInProgress, to: Point): PolygonInProgress {
  const last = polygon.corners.at(-1)!;
  if (Math.hypot(to[0] - last[0], to[1] - last[1]) < freehandStep) return polygon;
  return { ...polygon, corners: [...polygon.corners, to] };
}

export function withoutLastCorner(polygon: PolygonInProgress): PolygonInProgress | null {
  return polygon.corners.length > 1 ? { ...polygon, corners: polygon.corners.slice(0, -1) } : null;
}

/** True where a click at `at` closes the polygon: near its first corner, with an area to fill. `scale`: CSS pixels a pixel. */
export function closes(polygon: PolygonInProgress, at: Point, scale: number): boolean {
  const [x, y] = polygon.corners[0]!;
  return polygon.corners.length >= 3 && Math.hypot(at[0] - x, at[1] - y) * scale <= closingPx;
}
