import { type RefObject, useEffect, useRef } from "react";
import type { StrokeInput } from "../room/drawing/begin-press";
import { useStrokeInput } from "../room/drawing/pen";
import type { PolygonInProgress } from "../room/drawing/polygon-in-progress";
import type { DrawingTool, ToolSettings } from "../room/drawing/tools";
import { aspectOf, scaleOf } from "../room/drawing/view-geometry";
import { channelOf } from "../room/picture/hanging";
import type { LayerPlace } from "../room/picture/layer";
import { extractChannel, slicePixels } from "../room/picture/slice-pixels";

interface Props extends Omit<StrokeInput, "grey"> {
  place: LayerPlace;
}

/** Takes the pen on one view and shows what it is about to do: the brush's rim, the polygon's corners. */
export function DrawingLayer({ place, ...input }: Props) {
  const grey = useGreyValues(place);
  useStrokeInput(place, { ...input, grey });
  const rim = useRef<SVGEllipseElement>(null);
  useBrushRim(place, input.tool, input.settings, rim);
  const polygon = input.polygon?.sliceId === place.slice.id ? input.polygon : null;
  return (
    <svg className="pointer-events-none absolute inset-0 size-full overflow-hidden" aria-hidden="true">
      {polygon && <PolygonPath polygon={polygon} place={place} />}
      <ellipse
        ref={rim}
        fill="none"
        strokeWidth={1.25}
        className={input.tool === "eraser" ? "stroke-white" : "stroke-human"}
        strokeDasharray={input.tool === "eraser" ? "3 3" : input.tool === "threshold" ? "7 2" : undefined}
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

/** The view's grey values as drawing tools need them; of the colour composite, FLAIR's. */
function useGreyValues({ slice, sequence }: LayerPlace): RefObject<Uint8Array | null> {
  const grey = useRef<Uint8Array | null>(null);
  useEffect(() => {
    let left = false;
    grey.current = null;
    slicePixels(slice.id).then(
      ({ bytes }) => {
        if (!left) grey.current = extractChannel(bytes, channelOf[sequence] ?? channelOf.flair!);
      },
      // The view itself says that the picture did not come.
      () => {},
    );
    return () => {
      left = true;
    };
  }, [slice.id, sequence]);
  return grey;
}

/** Keeps the brush's rim under the pointer, without React: the pointer moves more often than the screen. */
function useBrushRim(
  place: LayerPlace,
  tool: DrawingTool,
  settings: ToolSettings,
  rim: RefObject<SVGEllipseElement | null>,
) {
  const { surface, matrix } = place;
  const radius = settings.radius * scaleOf(matrix);
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
