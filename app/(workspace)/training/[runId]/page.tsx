import type { Metadata } from "next";
import Link from "next/link";
import { pageActor } from "@/app/_server/actor";
import { found } from "@/app/_server/found";
import { ButtonLink } from "@/app/_ui/button";
import { LossChart } from "@/app/_ui/charts/loss-chart";
import { LiveRefresh } from "@/app/_ui/live-refresh";
import { PageBody } from "@/app/_ui/page-body";
import { Time } from "@/app/_ui/time";
import { findRun } from "@/lib/features/runs/find-run";
import { readRunLog } from "@/lib/features/runs/read-run-log";
import { may } from "@/lib/records/access";
import { sayNotes } from "@/lib/words/notes";
import { sayRefusal } from "@/lib/words/refusals";
import { CohortBadge } from "../../models/cohort-badge";
import { isActive, RunStateBadge, runState } from "../run-state";
import { commandLine } from "../words";
import { CancelRun } from "./cancel-run";
import { PhaseStepper } from "./phase-stepper";
import { RunFacts } from "./run-facts";
import { RunLog, shownLines } from "./run-log";
import { RunSteps } from "./run-steps";
import { SplitTable } from "./split-table";
import { Waiting } from "./waiting";

export const metadata: Metadata = { title: "Training run" };

export default async function RunPage({ params }: { params: Promise<{ runId: string }> }) {
  const actor = await pageActor();
  const run = await found(findRun(actor, { runId: (await params).runId }));
  const { lines } = await readRunLog(actor, { runId: run.id, last: shownLines });
  const state = runState(run);
  const active = isActive(state);
  const mayCancel = may(actor, "job:cancel") || run.requestedById === actor.id;

  return (
    <PageBody>
      <div className="flex flex-col gap-5">
        {active && <LiveRefresh topics={["run", "job"]} pollMs={3_000} />}
        <header className="flex flex-wrap items-start justify-between gap-3">
          <div>
            <p className="text-sm text-muted">
              <Link href="/training" className="underline-offset-2 hover:underline">
                Training
              </Link>{" "}
              /
            </p>
            <h1 className="flex flex-wrap items-center gap-3 text-xl leading-tight font-semibold">
              Run {run.number}
              <span className="text-base font-normal" role="status">
                <RunStateBadge run={run} />
              </span>
              <span className="text-base font-normal">
                <CohortBadge cohort={run.cohort} />
              </span>
            </h1>
            <p className="text-base text-muted">
              Requested by {run.requestedBy ?? commandLine}, <Time at={run.createdAt} />
              {run.reason && <>: “{run.reason}”</>}
            </p>
          </div>
          <div className="flex items-center gap-2">
            {run.modelId && (
              <ButtonLink tone="primary" href={`/models/${run.modelId}`}>
                Compare model {run.modelNumber} with production
              </ButtonLink>
            )}
            {active && run.job && mayCancel && (
              <CancelRun jobId={run.job.id} runNumber={run.number} cancelling={state === "cancelling"} />
            )}
          </div>
        </header>

        {(state === "waiting" || (state === "running" && !run.steps.some(isRunning))) && (
          <Waiting run={run} now={new Date()} />
        )}
        {run.job?.error && state === "failed" && (
          <p role="alert" className="rounded border border-flag/60 bg-flag/10 px-3 py-2 text-base">
            <span className="text-flag">✕ Failed.</span> {sayRefusal(run.job.error)}
          </p>
        )}
        <PhaseStepper run={run} state={state} now={new Date()} />

        <div className="grid gap-5 lg:grid-cols-[minmax(0,1fr)_24rem]">
          <div className="flex min-w-0 flex-col gap-5">
            {run.baseEpochs.length > 0 && (
              <section className="rounded-lg border border-line bg-panel p-4">
                <LossChart of="base" epochs={run.baseEpochs} maxEpochs={run.parameters.backboneEpochs} />
              </section>
            )}
            <section className="rounded-lg border border-line bg-panel p-4">
              {run.epochs.length > 0 ? (
                <LossChart
                  epochs={run.epochs}
                  maxEpochs={run.parameters.maxEpochs}
                  kept={run.parameters.patience === null ? "last" : "best"}
                />
              ) : (
                <p className="py-16 text-center text-muted">
                  {active ? "Loss curves appear after the first epoch of fitting." : "No epoch was fitted."}
                </p>
              )}
            </section>
            <RunLog runId={run.id} lines={lines} open={state === "failed"} />
            {run.notes.length > 0 && (
              <section
                aria-labelledby="notes"
                className="rounded-lg border border-line bg-panel p-4 text-base"
              >
                <h2 id="notes" className="mb-1 text-xs font-semibold tracking-wider text-muted uppercase">
                  What this run can and cannot show
                </h2>
                <ul className="list-disc space-y-1 pl-4">
                  {sayNotes(run.notes).map((note) => (
                    <li key={note}>{note}</li>
                  ))}
                </ul>
              </section>
            )}
          </div>
          <div className="flex min-w-0 flex-col gap-5">
            <RunSteps run={run} />
            <SplitTable split={run.split} />
            <RunFacts run={run} />
          </div>
        </div>
      </div>
    </PageBody>
  );
}

const isRunning = (step: { state: string }) => step.state === "running";
