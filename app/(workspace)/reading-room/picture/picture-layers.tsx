import { useSyncExternalStore } from "react";
import { DrawingLayer } from "../drawing/drawing-layer";
import { HeatmapLayer } from "../heatmap/heatmap-layer";
import { ComparisonLayer } from "../history/comparison-layer";
import { MaskLayer } from "../masks/mask-layer";
import type { LayerPlace } from "../room/picture/layer";
import { currentHeatmap, isComparing } from "../room/selectors";
import { useRoom, useRoomItself } from "../use-room";

/** Share of the strongest cell's colour in the picture. */
const heatmapOpacity = 0.55;

/** What lies over one view's picture, from the lowest: heatmap, masks or their comparison, the pen. */
export function PictureLayers({ place }: { place: LayerPlace }) {
  const { drawings } = useRoomItself();
  const sliceId = place.slice.id;
  const heatmap = useRoom(currentHeatmap);
  const masks = useRoom(({ now }) => now.masks);
  const shown = useRoom(({ view }) => view.masks);
  const opacity = useRoom(({ view }) => view.maskOpacity);
  const compared = useRoom((state) => (isComparing(state) ? state.now.compared.comparison : null));
  // Also of the stroke under way: this alone follows the pen.
  const drawing = useSyncExternalStore(
    drawings.subscribe,
    () => drawings.drawingOf(sliceId),
    () => null,
  );
  return (
    <>
      {heatmap && <HeatmapLayer heatmap={heatmap} opacity={heatmapOpacity} place={place} />}
      {compared?.sliceId === sliceId ? (
        <ComparisonLayer place={place} comparison={compared} />
      ) : (
        <MaskLayer
          place={place}
          masks={masks}
          shown={shown}
          opacity={opacity}
          current={drawing?.path ?? (masks?.sliceId === sliceId ? masks.current : "")}
        />
      )}
      <DrawingLayer place={place} />
    </>
  );
}
