import { confidenceWord, flagWord, perCent } from "@/app/_viewer/label/label-state";
import { NeighbourCurve } from "@/app/_viewer/label/neighbour-curve";
import { neighbourPoints, standingInWords } from "@/app/_viewer/label/neighbours";
import type { SliceView } from "@/lib/features/studies/schema";

interface Props {
  slice: SliceView;
  /** P(tumor) at and above this is called tumor; null where unknown. */
  threshold: number | null;
  /** Of the study, in order: what the slice is seen among. */
  slices?: readonly SliceView[];
  onGoTo?(position: number): void;
}

/** What the production model says of the slice, and of the slices around it. */
export function PredictionCard({ slice, threshold, slices = [slice], onGoTo }: Props) {
  const { prediction, flags } = slice;
  const index = slices.findIndex(({ id }) => id === slice.id);
  const standing = standingInWords(slices, index);
  return (
    <section aria-label="Prediction" className="rounded-lg border border-line bg-panel2 p-3">
      {prediction ? (
        <>
          <h2 className="mb-1 text-[11px] font-semibold tracking-[.08em] text-muted uppercase">
            Model {prediction.modelNumber}
          </h2>
          <p className="flex flex-wrap items-baseline gap-x-2">
            <span className="text-[26px] leading-tight font-semibold">
              {prediction.predictedClass === "TUMOR" ? "Tumor" : "No tumor"}
            </span>
            <span className="text-muted">
              {confidenceWord(prediction.confidence)} confidence{" "}
              <b className="text-text">{perCent(prediction.confidence)}</b>
            </span>
          </p>
          <Meter value={prediction.pTumor} threshold={threshold} />
          <p className="text-muted">
            P(tumor) {prediction.pTumor.toFixed(2)}
            {threshold !== null && ` · called tumor from ${threshold.toFixed(2)}`}
            {prediction.hasMask
              ? ` · proposed mask ${prediction.areaPixels.toLocaleString("en")} px`
              : " · no mask proposed"}
          </p>
        </>
      ) : (
        <p className="text-muted">No model in production has predicted this slice yet.</p>
      )}
      {slices.length > 1 && (
        <NeighbourCurve points={neighbourPoints(slices, index)} threshold={threshold} onGoTo={onGoTo} />
      )}
      {standing && <p className="mt-1">{standing}</p>}
      {flags.length > 0 && <p className="mt-1.5 text-flag">⚑ Flagged: {flags.map(flagWord).join(", ")}</p>}
    </section>
  );
}

function Meter({ value, threshold }: { value: number; threshold: number | null }) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: browsers draw <meter> in colours of their own and cannot mark a threshold
    <div
      role="meter"
      aria-label="P(tumor)"
      aria-valuemin={0}
      aria-valuemax={1}
      aria-valuenow={Number(value.toFixed(3))}
      className="relative mt-2 mb-1 h-1.5 rounded-[3px] bg-[#0d1116]"
    >
      <div className="h-1.5 rounded-[3px] bg-ai" style={{ width: `${value * 100}%` }} />
      {threshold !== null && (
        <div
          className="absolute -top-[3px] h-3 w-0.5 -translate-x-1/2 bg-text"
          style={{ left: `${threshold * 100}%` }}
        />
      )}
    </div>
  );
}
