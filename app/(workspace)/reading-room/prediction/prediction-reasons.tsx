import { HeatmapLegend } from "../heatmap/heatmap-legend";
import { neighbourPoints, standingInWords } from "../label/neighbours";
import { currentHeatmap, heatmapStatus, slicesOf } from "../room/selectors";
import { useRoom, useRoomItself } from "../use-room";
import { NeighbourCurve } from "./neighbour-curve";

/** Why the model may have said so: the slice among its neighbours, and where the network looked. */
export function PredictionReasons() {
  const room = useRoomItself();
  const slices = useRoom(slicesOf);
  const index = useRoom(({ view }) => view.index);
  const heatmap = useRoom(currentHeatmap);
  const status = useRoom(heatmapStatus);
  const prediction = slices[index]?.prediction;
  if (!prediction) return null;
  const standing = standingInWords(slices, index);
  return (
    <section aria-labelledby="prediction-reasons">
      <h2 id="prediction-reasons" className="text-[11px] font-semibold tracking-[.08em] text-muted uppercase">
        Why this prediction
      </h2>
      {slices.length > 1 && (
        <NeighbourCurve
          points={neighbourPoints(slices, index)}
          threshold={prediction.threshold}
          onGoTo={(position) => room.run("go-to-position", position)}
        />
      )}
      {standing && <p className="mt-1">{standing}</p>}
      <p role="status" className="mt-1 text-muted empty:hidden">
        {status}
      </p>
      {heatmap && (
        <div className="mt-2">
          <HeatmapLegend heatmap={heatmap} />
        </div>
      )}
    </section>
  );
}
