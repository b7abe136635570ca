import { useSyncExternalStore } from "react";
import { DrawingLayer } from "../drawing/drawing-layer";
import { HeatmapLayer } from "../heatmap/heatmap-layer";
import { ComparisonLayer } from "../history/comparison-layer";
import { MaskLayer } from "../masks/mask-layer";
import type { SliceComparison } from "../room/compared-masks";
import type { DrawingStore } from "../room/drawing/drawing-store";
import type { PolygonInProgress } from "../room/drawing/polygon-in-progress";
import type { DrawingTool, ToolSettings } from "../room/drawing/tools";
import type { Heatmap } from "../room/heatmap";
import type { MasksShown } from "../room/masks/masks-shown";
import type { SliceMasks } from "../room/masks/slice-masks";
import type { LayerPlace } from "../room/picture/layer";

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
