import { type RefObject, useEffect, useEffectEvent, useRef } from "react";
import { attachPen } from "../room/drawing/pen";
import type { PolygonInProgress } from "../room/drawing/polygon-in-progress";
import type { DrawingTool } from "../room/drawing/tools";
import { aspectOf, scaleOf } from "../room/drawing/view-geometry";
import { channelOf } from "../room/picture/hanging";
import type { LayerPlace } from "../room/picture/layer";
import { extractChannel, slicePixels } from "../room/picture/slice-pixels";
import { penTool } from "../room/selectors";
import { useRoom, useRoomItself } from "../use-room";

/** Takes the pen on one view and shows what it is about to do: the brush's rim, the polygon's corners. */
export function DrawingLayer({ place }: { place: LayerPlace }) {
  const tool = useRoom(penTool);
  if (!tool) return null;
  // Another slice or tool ends the stroke under way: what was drawn stays.
  return <Pen key={`${place.slice.id} ${tool}`} place={place} tool={tool} />;
}

function Pen({ place, tool }: { place: LayerPlace; tool: DrawingTool }) {
  const { core } = useRoomItself();
  const open = useRoom(({ now }) => now.polygon);
  const rim = useRef<SVGEllipseElement>(null);
  const { surface, slice, sequence } = place;
  const sliceId = slice.id;
  const placeNow = useEffectEvent(() => place);
  useEffect(() => {
    // Of the colour composite drawing tools see FLAIR.
    const grey: { current: Uint8Array | null } = { current: null };
    slicePixels(sliceId).then(
      ({ bytes }) => {
        grey.current = extractChannel(bytes, channelOf[sequence] ?? channelOf.flair!);
      },
      // The view itself says that the picture did not come.
      () => {},
    );
    return attachPen(surface, { core, place: () => placeNow(), grey });
  }, [core, surface, sliceId, sequence]);
  useBrushRim(place, tool, rim);
  const polygon = open?.sliceId === sliceId ? open : null;
  return (
    <svg className="pointer-events-none absolute inset-0 size-full overflow-hidden" aria-hidden="true">
      {polygon && <PolygonPath polygon={polygon} place={place} />}
      <ellipse
        ref={rim}
        fill="none"
        strokeWidth={1.25}
        className={tool === "eraser" ? "stroke-white" : "stroke-human"}
        strokeDasharray={tool === "eraser" ? "3 3" : tool === "threshold" ? "7 2" : undefined}
        visibility="hidden"
      />
    </svg>
  );
}

function PolygonPath({ polygon, place }: { polygon: PolygonInProgress; place: LayerPlace }) {
  const [a, b, c, d, e, f] = place.matrix;
  const points = polygon.corners.map(([x, y]) => [a * x + c * y + e, b * x + d * y + f] as const);
  const [firstX, firstY] = points[0]!;
  return (
    <>
      <polyline
        points={points.map((point) => point.join(",")).join(" ")}
        fill="none"
        strokeWidth={1.5}
        strokeDasharray={polygon.erases ? "3 3" : undefined}
        className={polygon.erases ? "stroke-white" : "stroke-human"}
      />
      <circle cx={firstX} cy={firstY} r={4} className="fill-black stroke-human" strokeWidth={1.5} />
    </>
  );
}

/** Keeps the brush's rim under the pointer, without React: the pointer moves more often than the screen. */
function useBrushRim(place: LayerPlace, tool: DrawingTool, rim: RefObject<SVGEllipseElement | null>) {
  const { surface, matrix } = place;
  const radius = useRoom(({ view }) => view.toolSettings.radius) * scaleOf(matrix);
  const brush = tool === "brush" || tool === "eraser" || tool === "threshold";
  const aspect = aspectOf(place);
  useEffect(() => {
    const node = rim.current;
    if (!node || !brush) return;
    node.setAttribute("rx", String(radius));
    // Round on the screen where pixels are drawn with their spacing.
    const across = scaleOf(matrix);
    const down = Math.hypot(matrix[2], matrix[3]);
    node.setAttribute("ry", String((radius / across) * (down / aspect)));
    const follow = (event: PointerEvent) => {
      const box = surface.getBoundingClientRect();
      node.setAttribute("cx", String(event.clientX - box.left));
      node.setAttribute("cy", String(event.clientY - box.top));
      node.setAttribute("visibility", "visible");
    };
    const leave = () => node.setAttribute("visibility", "hidden");
    surface.addEventListener("pointermove", follow);
    surface.addEventListener("pointerleave", leave);
    return () => {
      leave();
      surface.removeEventListener("pointermove", follow);
      surface.removeEventListener("pointerleave", leave);
    };
  }, [surface, matrix, radius, brush, aspect, rim]);
}
