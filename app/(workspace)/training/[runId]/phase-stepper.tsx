import { durationInWords } from "@/app/_ui/duration";
import { ProgressBar } from "@/app/_ui/progress-bar";
import { type RunView, trainingPhases } from "@/lib/features/runs/schema";
import { sayProgress } from "@/lib/words/progress";
import { phaseWords } from "../phases";
import type { RunState } from "../run-state";
import { timeLeft } from "../time-left";
import { count } from "../words";

/**
 * The phases of a run from left to right: what is done, with its seconds by the clock and of work (summed over the
 * workers), what is under way, and how long it may take.
 */
export function PhaseStepper({ run, state, now }: { run: RunView; state: RunState; now: Date }) {
  const current = run.phase ? trainingPhases.indexOf(run.phase) : -1;
  const learnsBase = run.parameters.backbone !== "frozen";
  const left = timeLeft(run);
  const running = state === "running" || state === "cancelling";
  return (
    <section aria-label="Progress" className="rounded-lg border border-line bg-panel">
      <ol
        className={`grid gap-px overflow-hidden rounded-t bg-line ${learnsBase ? "grid-cols-4 lg:grid-cols-7" : "grid-cols-3 lg:grid-cols-6"}`}
      >
        {trainingPhases.map((phase, index) => {
          if (phase === "fine-tune" && !learnsBase) return null;
          const work = run.secondsByPhase[phase];
          const clock = run.clockSecondsByPhase[phase];
          const step =
            state === "done" || index < current
              ? "done"
              : index === current && running
                ? "under way"
                : index === current && state !== "waiting"
                  ? "stopped"
                  : "to come";
          return (
            <li
              key={phase}
              aria-current={step === "under way" ? "step" : undefined}
              className={`px-3 py-2.5 ${step === "under way" ? "bg-panel2 shadow-[inset_0_2px_var(--color-ai)]" : "bg-panel"}`}
            >
              <p className={`flex items-center gap-1.5 text-base font-medium ${looks[step].className}`}>
                <span aria-hidden="true">{looks[step].shape}</span>
                {phaseWords[phase].name}
                <span className="sr-only">: {step}</span>
              </p>
              <p className="mt-0.5 text-xs leading-4 text-muted">{phaseWords[phase].meaning}</p>
              {work !== undefined && (
                <p className="mt-0.5 text-xs leading-4 text-muted tabular-nums">
                  compute {work.toFixed(1)} s
                  {step === "under way"
                    ? " so far"
                    : clock !== undefined && `, elapsed ${clock.toFixed(1)} s`}
                </p>
              )}
            </li>
          );
        })}
      </ol>
      {running && run.job && (
        <div className="border-t border-line px-3 py-2.5">
          <ProgressBar
            label={run.phase ? `${phaseWords[run.phase].name}, progress` : "Progress"}
            done={run.job.progressDone}
            total={run.job.progressTotal}
          />
          <p className="mt-1.5 flex flex-wrap gap-x-4 text-sm text-muted tabular-nums" role="status">
            <span className="text-text">{run.job.message ? sayProgress(run.job.message) : "Working"}</span>
            {run.job.progressTotal > 0 && (
              <span>
                {count(run.job.progressDone)} of{" "}
                {(run.phase === "fit" || run.phase === "fine-tune") && "at most "}
                {count(run.job.progressTotal)}
                {units[run.phase ?? ""]}
              </span>
            )}
            {run.job.startedAt && (
              <span>running for {durationInWords((now.getTime() - run.job.startedAt.getTime()) / 1000)}</span>
            )}
            {left && <span>{left}</span>}
            {state === "cancelling" && <span className="text-human">cancelling at its next safe point</span>}
          </p>
        </div>
      )}
    </section>
  );
}

const looks = {
  done: { shape: "✓", className: "text-ok" },
  "under way": { shape: "▶", className: "text-ai" },
  stopped: { shape: "■", className: "text-flag" },
  "to come": { shape: "◌", className: "text-muted" },
};

const units: Record<string, string> = { "fine-tune": " slices", embed: " slices", fit: " epochs" };
