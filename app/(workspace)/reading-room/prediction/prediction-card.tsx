import { flagWord, perCent } from "@/app/_ui/label-words";
import type { PredictionView } from "@/lib/features/studies/schema";
import { certaintyWords, neighboursAgainst, predictedWord } from "../label/prediction-words";
import { currentSlice } from "../room/selectors";
import { useRoom } from "../use-room";

/** What the production model says of the slice. */
export function PredictionCard() {
  const { prediction, predictionHidden, flags } = useRoom(currentSlice);
  const keptForTesting = useRoom(({ server }) => server.study.keptForTesting);
  return (
    <section aria-label="Prediction" className="rounded-lg border border-line bg-panel2 px-3 py-2">
      {keptForTesting && (
        <p className="mb-1 text-muted">
          <span aria-hidden="true">◈ </span>
          <b className="text-text">Kept for testing.</b> No model learns from this patient.
        </p>
      )}
      {prediction ? (
        <Predicted prediction={prediction} />
      ) : predictionHidden ? (
        <p>The model’s prediction is hidden until you have decided. A label on file is shown.</p>
      ) : (
        <p className="text-muted">No model in production has predicted this slice yet.</p>
      )}
      {flags.length > 0 && <p className="mt-0.5 text-flag">⚑ Flagged: {flags.map(flagWord).join(", ")}</p>}
    </section>
  );
}

function Predicted({ prediction }: { prediction: PredictionView }) {
  const { modelNumber, pTumor, threshold } = prediction;
  const { words, isBorderline } = certaintyWords(prediction);
  const against = neighboursAgainst(prediction);
  return (
    <>
      <h2 className="text-[11px] font-semibold tracking-[.08em] text-muted uppercase">Model {modelNumber}</h2>
      <p className="flex flex-wrap items-baseline gap-x-2">
        <span className="text-[22px] leading-tight font-semibold">{predictedWord(prediction)}</span>
        <span className={isBorderline ? "text-flag" : "text-muted"}>{words}</span>
      </p>
      <Meter value={pTumor} threshold={threshold} />
      <p className="text-muted">
        P(tumor) <b className="text-text">{perCent(pTumor)}</b> · cut-off for tumor {perCent(threshold)}
        {maskWords(prediction)}
      </p>
      {against && <p className="text-flag">▲ {against}</p>}
      <Details prediction={prediction} />
    </>
  );
}

function Details({ prediction: { pTumorAlone, pTumor, headSpread } }: { prediction: PredictionView }) {
  if (pTumorAlone === null && headSpread === null) return null;
  return (
    <details className="text-muted">
      <summary className="cursor-pointer">Details</summary>
      {pTumorAlone !== null && (
        <p>
          Image only {perCent(pTumorAlone)}; with adjacent slices {perCent(pTumor)}
        </p>
      )}
      {headSpread !== null && (
        <p title="Standard deviation of P(tumor) over the members of the ensemble">
          Ensemble spread ±{Math.round(100 * headSpread)} %
        </p>
      )}
    </details>
  );
}

function maskWords({ areaPixels }: PredictionView) {
  if (areaPixels === null) return " · this model proposes no masks";
  return areaPixels > 0 ? ` · mask ${areaPixels.toLocaleString("en")} px` : " · no mask";
}

/** P(tumor) from 0 to 100 %, with the cut-off marked. */
function Meter({ value, threshold }: { value: number; threshold: number }) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: browsers draw <meter> in colours of their own and cannot mark a cut-off
    <div
      role="meter"
      aria-label="P(tumor)"
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.round(1000 * value) / 10}
      aria-valuetext={`${perCent(value)}, cut-off ${perCent(threshold)}`}
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
