import { durationInWords } from "@/app/_ui/duration";
import { ProgressBar } from "@/app/_ui/progress-bar";
import type { RunView, StepView } from "@/lib/features/runs/schema";
import { count } from "../words";

/** How many of a run's steps are done, which worker does what now, and every step with what it took. */
export function RunSteps({ run }: { run: RunView }) {
  const { steps } = run;
  if (steps.length === 0) return null;
  const done = steps.filter((step) => step.state === "done").length;
  const total = steps.length + stepsToCome(run);
  const running = run.finishedAt ? [] : steps.filter((step) => step.state === "running");
  return (
    <section aria-labelledby="steps" className="rounded-lg border border-line bg-panel p-4 text-base">
      <h2 id="steps" className="mb-2 text-xs font-semibold tracking-wider text-muted uppercase">
        Steps
      </h2>
      <p className="tabular-nums">
        {count(done)} of {run.finishedAt ? count(steps.length) : count(total)} done
        {!run.finishedAt && steps.length === 1 && (
          <span className="text-muted"> so far; embedding may add more</span>
        )}
      </p>
      {running.length > 0 && (
        <ul className="mt-2 flex flex-col gap-2" aria-label="Who does what now">
          {running.map((step) => (
            <li key={`${step.kind} ${step.index}`}>
              <p className="flex flex-wrap justify-between gap-x-3">
                <span>{stepName(step)}</span>
                <span className="text-sm text-muted">{step.worker ?? "being taken"}</span>
              </p>
              <ProgressBar label={`${stepName(step)}, progress`} done={step.done} total={step.total} />
            </li>
          ))}
        </ul>
      )}
      <details className="mt-2 text-sm text-muted">
        <summary className="w-fit cursor-pointer rounded hover:text-text">All steps</summary>
        <div className="mt-2 max-h-72 overflow-auto rounded border border-line">
          <table className="w-full border-collapse text-left tabular-nums">
            <caption className="sr-only">Steps of run {run.number}</caption>
            <thead className="sticky top-0 bg-panel2">
              <tr>
                {["Step", "State", "Worker", "Compute"].map((name) => (
                  <th key={name} scope="col" className="px-2 py-1 font-medium whitespace-nowrap">
                    {name}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {steps.map((step) => (
                <tr key={`${step.kind} ${step.index}`} className="border-t border-line align-baseline">
                  <th scope="row" className="px-2 py-0.5 font-normal whitespace-nowrap">
                    {stepName(step)}
                  </th>
                  <td className="px-2 py-0.5">
                    {step.state}
                    {step.attempts > 1 && `, started ${step.attempts} times`}
                  </td>
                  <td className="px-2 py-0.5">{step.worker ?? "–"}</td>
                  <td className="px-2 py-0.5 whitespace-nowrap">
                    {step.seconds > 0 ? durationInWords(step.seconds) : "–"}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </details>
    </section>
  );
}

const names: Record<string, string> = {
  "take-snapshot": "Snapshot",
  "fine-tune-base": "Fine-tune base",
  "embed-chunk": "Embed, part",
  "fit-head": "Fit head",
  "finish-model": "Finish",
};

const single = new Set(["take-snapshot", "fine-tune-base", "finish-model"]);
const stepName = ({ kind, index }: StepView) =>
  single.has(kind) ? names[kind] : `${names[kind] ?? kind} ${index + 1}`;

/** Steps that are certain to come and are not queued yet. */
function stepsToCome({ steps, parameters }: RunView): number {
  const queued = (kind: string) => steps.some((step) => step.kind === kind);
  const learnsBase = parameters.backbone !== "frozen" && !queued("fine-tune-base") && !queued("fit-head");
  return (
    (learnsBase ? 1 : 0) + (queued("fit-head") ? 0 : parameters.heads) + (queued("finish-model") ? 0 : 1)
  );
}
