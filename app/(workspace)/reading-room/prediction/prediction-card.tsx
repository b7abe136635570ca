import { confidenceWord, flagWord, perCent } from "@/app/_ui/label-words";
import type { SliceView } from "@/lib/features/studies/schema";
import { currentSlice } from "../room/selectors";
import { useRoom } from "../use-room";

/** What the production model says of the slice. */
export function PredictionCard() {
  const { prediction, flags } = useRoom(currentSlice);
  return (
    <section aria-label="Prediction" className="rounded-lg border border-line bg-panel2 px-3 py-2">
      {prediction ? (
        <>
          <h2 className="text-[11px] font-semibold tracking-[.08em] text-muted uppercase">
            Model {prediction.modelNumber}
          </h2>
          <p className="flex flex-wrap items-baseline gap-x-2">
            <span className="text-[24px] leading-tight font-semibold">
              {prediction.predictedClass === "TUMOR" ? "Tumor" : "No tumor"}
            </span>
            <span className="text-muted">
              {confidenceWord(prediction.confidence)} confidence{" "}
              <b className="text-text">{perCent(prediction.confidence)}</b>
            </span>
          </p>
          <Meter value={prediction.pTumor} threshold={prediction.threshold} />
          <p className="text-muted">
            P(tumor) {prediction.pTumor.toFixed(2)} · called tumor from {prediction.threshold.toFixed(2)}
            {maskWords(prediction)}
          </p>
          {prediction.pTumorAlone !== null && (
            <p className="text-muted">
              This slice alone <b className="text-text">{prediction.pTumorAlone.toFixed(2)}</b>, with its
              neighbours <b className="text-text">{prediction.pTumor.toFixed(2)}</b>
              {prediction.headSpread !== null && (
                <span title="Standard deviation over the model’s heads of what each makes of this slice">
                  {" "}
                  · heads differ ±&nbsp;{prediction.headSpread.toFixed(2)}
                </span>
              )}
            </p>
          )}
        </>
      ) : (
        <p className="text-muted">No model in production has predicted this slice yet.</p>
      )}
      {flags.length > 0 && <p className="mt-0.5 text-flag">⚑ Flagged: {flags.map(flagWord).join(", ")}</p>}
    </section>
  );
}

function maskWords({ areaPixels }: NonNullable<SliceView["prediction"]>) {
  if (areaPixels === null) return " · this model proposes no masks";
  return areaPixels > 0 ? ` · proposed mask ${areaPixels.toLocaleString("en")} px` : " · no mask proposed";
}

function Meter({ value, threshold }: { value: number; threshold: number }) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: browsers draw <meter> in colours of their own and cannot mark a threshold
    <div
      role="meter"
      aria-label="P(tumor)"
      aria-valuemin={0}
      aria-valuemax={1}
      aria-valuenow={Number(value.toFixed(3))}
      className="relative mt-1.5 mb-1 h-1.5 rounded-[3px] bg-[#0d1116]"
    >
      <div className="h-1.5 rounded-[3px] bg-ai" style={{ width: `${value * 100}%` }} />
      <div
        className="absolute -top-[3px] h-3 w-0.5 -translate-x-1/2 bg-text"
        style={{ left: `${threshold * 100}%` }}
      />
    </div>
  );
}
