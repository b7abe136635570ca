import { JobProgress } from "@/app/_ui/job-progress";
import { isUnderWay } from "@/app/_ui/job-words";
import type { GateView, ModelView } from "@/lib/features/models/schema";
import { sayVerdict } from "@/lib/words/gate";
import { GateFigures } from "../gate-figures";
import { GateOutcome } from "../gate-outcome";
import { CompareAgain } from "./compare-again";

/** Whether a model may take production's place now, figure by figure; where it is not known yet, what to do. */
export function GatePanel({
  model,
  gate,
  mayPromote,
}: {
  model: ModelView;
  gate: GateView;
  mayPromote: boolean;
}) {
  const { verdict, productionNumber, comparedBefore } = gate;
  const { comparing } = model;
  return (
    <section aria-labelledby="gate" className="min-w-0 rounded-lg border border-line bg-panel p-4 text-base">
      <div className="mb-1 flex flex-wrap items-baseline justify-between gap-3">
        <h2 id="gate" className="font-semibold">
          Gate{productionNumber === null ? "" : ` beside model ${productionNumber}`}
        </h2>
        <GateOutcome outcome={verdict?.outcome ?? "not-compared"} />
      </div>
      {verdict ? (
        <>
          <p className="mb-2">{sayVerdict(verdict.says)}</p>
          <GateFigures verdict={verdict} />
          {verdict.patients > 0 && (
            <p className="mt-2 text-sm text-muted">
              Difference: this model minus production, paired on the same slices. 95 % intervals resample
              patients. Sensitivity is each model’s at its own threshold.
            </p>
          )}
          {verdict.outcome === "undecided" && (
            <p className="mt-2 text-muted">
              Not decided is not passed. An admin may promote the model with a written reason, which stays on
              this page.
            </p>
          )}
        </>
      ) : (
        <p className="mb-2">
          {comparedBefore === null
            ? `It has not been compared with model ${productionNumber}, which is in production.`
            : `It was compared with model ${comparedBefore}, which is not in production any more.`}{" "}
          It cannot be promoted before the two are compared on patients that neither has seen.
        </p>
      )}
      {comparing && (
        <div className="my-2">
          <JobProgress job={comparing} label={`Comparing model ${model.number} with production`} />
        </div>
      )}
      {!verdict && mayPromote && !(comparing && isUnderWay(comparing)) && productionNumber !== null && (
        <CompareAgain modelId={model.id} productionNumber={productionNumber} />
      )}
    </section>
  );
}
