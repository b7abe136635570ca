import { useSyncExternalStore } from "react";
import { DrawingLayer } from "@/app/_viewer/drawing/drawing-layer";
import type { DrawingStore } from "@/app/_viewer/drawing/drawing-store";
import type { PolygonInProgress } from "@/app/_viewer/drawing/polygon-in-progress";
import type { DrawingTool, ToolSettings } from "@/app/_viewer/drawing/tools";
import type { Heatmap } from "@/app/_viewer/heatmap/heatmap";
import { HeatmapLayer } from "@/app/_viewer/heatmap/heatmap-layer";
import type { SliceComparison } from "@/app/_viewer/history/compared-masks";
import { ComparisonLayer } from "@/app/_viewer/history/comparison-layer";
import { MaskLayer } from "@/app/_viewer/masks/mask-layer";
import type { MasksShown } from "@/app/_viewer/masks/masks-shown";
import type { SliceMasks } from "@/app/_viewer/masks/slice-masks";
import type { LayerPlace } from "@/app/_viewer/picture/layer";

interface Props {
  place: LayerPlace;
  store: DrawingStore;
  masks: SliceMasks | null;
  shown: MasksShown;
  opacity: number;
  heatmap: Heatmap | null;
  comparison: SliceComparison | null;
  /** Null while nothing is drawn with the left button. */
  pen: {
    tool: DrawingTool;
    settings: ToolSettings;
    polygon: PolygonInProgress | null;
    onPolygon(polygon: PolygonInProgress | null): void;
  } | null;
}

/** Share of the strongest cell's colour in the picture. */
const heatmapOpacity = 0.55;

/** What lies over one view's picture, from the lowest: heatmap, masks or their comparison, the pen. */
export function PictureLayers({ place, store, masks, shown, opacity, heatmap, comparison, pen }: Props) {
  const drawing = useSyncExternalStore(
    store.subscribe,
    () => store.drawingOf(place.slice.id),
    () => null,
  );
  const sliceId = place.slice.id;
  const compared = comparison?.sliceId === sliceId ? comparison : null;
  return (
    <>
      {heatmap && <HeatmapLayer heatmap={heatmap} opacity={heatmapOpacity} place={place} />}
      {compared ? (
        <ComparisonLayer place={place} comparison={compared} />
      ) : (
        <MaskLayer
          place={place}
          sliceId={sliceId}
          masks={masks}
          shown={shown}
          opacity={opacity}
          current={drawing?.path ?? (masks?.sliceId === sliceId ? masks.current : "")}
        />
      )}
      {pen && <DrawingLayer place={place} store={store} {...pen} />}
    </>
  );
}
