import type { SliceView } from "@/lib/features/studies/schema";
import { HeatmapLegend } from "../heatmap/heatmap-legend";
import { neighbourPoints, standingInWords } from "../label/neighbours";
import type { Heatmap } from "../room/heatmap";
import { NeighbourCurve } from "./neighbour-curve";

interface Props {
  /** Of the study, in order: what the slice is seen among. */
  slices: readonly SliceView[];
  index: number;
  heatmap: Heatmap | null;
  /** What there is to say until the heatmap is there. */
  heatmapStatus: string | null;
  onGoTo(position: number): void;
}

/** Why the model may have said so: the slice among its neighbours, and where the network looked. */
export function PredictionReasons({ slices, index, heatmap, heatmapStatus, onGoTo }: Props) {
  const prediction = slices[index]?.prediction;
  if (!prediction) return null;
  const standing = standingInWords(slices, index);
  return (
    <section aria-labelledby="prediction-reasons">
      <h2 id="prediction-reasons" className="text-[11px] font-semibold tracking-[.08em] text-muted uppercase">
        Why the model says so
      </h2>
      {slices.length > 1 && (
        <NeighbourCurve
          points={neighbourPoints(slices, index)}
          threshold={prediction.threshold}
          onGoTo={onGoTo}
        />
      )}
      {standing && <p className="mt-1">{standing}</p>}
      <p role="status" className="mt-1 text-muted empty:hidden">
        {heatmapStatus}
      </p>
      {heatmap && (
        <div className="mt-2">
          <HeatmapLegend heatmap={heatmap} />
        </div>
      )}
    </section>
  );
}
