import { flagWord, perCent } from "@/app/_ui/label-words";
import { predictedWord } from "../label/prediction-words";
import { currentSlice } from "../room/selectors";
import { useRoom } from "../use-room";

/** The prediction in one line, in a low window where a drawing needs the room of its card. */
export function PredictionLine() {
  const { prediction, predictionHidden, flags } = useRoom(currentSlice);
  return (
    <section aria-label="Prediction" className="hidden low:block">
      {prediction ? (
        <p>
          <span className="text-muted">Model {prediction.modelNumber}: </span>
          <b className="font-semibold">{predictedWord(prediction)}</b>
          <span className="text-muted"> · P(tumor) {perCent(prediction.pTumor)}</span>
        </p>
      ) : (
        <p className="text-muted">
          {predictionHidden
            ? "Kept for testing: the prediction is hidden until you have decided."
            : "No prediction."}
        </p>
      )}
      {flags.length > 0 && <p className="text-flag">⚑ Flagged: {flags.map(flagWord).join(", ")}</p>}
    </section>
  );
}
