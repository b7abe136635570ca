import { type Heatmap, heatmapFigures } from "../room/heatmap";
import { scaleGradient } from "./heatmap-colours";

/** What the heatmap's colours mean, in words and numbers. */
export function HeatmapLegend({ heatmap }: { heatmap: Heatmap }) {
  const { peak, sumFor, sumAgainst, peakShare } = heatmapFigures(heatmap);
  const full = peak.toFixed(2);
  return (
    <section aria-label="Heatmap" className="space-y-1.5 text-sm text-muted">
      <p className="text-text">
        Shows where the network looked, {heatmap.rows} × {heatmap.columns} cells; not an outline of the tumor.
      </p>
      {peakShare === null ? (
        <p>No cell of this slice counts for or against tumor in model {heatmap.modelNumber}.</p>
      ) : (
        <>
          <div
            className="h-2.5 rounded-xs border border-edge bg-black"
            style={{ backgroundImage: scaleGradient }}
            aria-hidden="true"
          />
          <div className="flex justify-between gap-2">
            <span>− against tumor, −{full}</span>
            <span>+ for tumor, +{full}</span>
          </div>
          <p>
            Each slice has its own scale: full colour is its strongest cell, {full} of model{" "}
            {heatmap.modelNumber}’s margin (logit of tumor minus logit of no tumor) and{" "}
            {Math.round(100 * peakShare)} % of the sum of all cells. The sums are +{sumFor.toFixed(2)} for and
            −{Math.abs(sumAgainst).toFixed(2)} against.
          </p>
        </>
      )}
    </section>
  );
}
