import type { Metadata } from "next";
import { pageActor } from "@/app/_server/actor";
import { LiveRefresh } from "@/app/_ui/live-refresh";
import { PageBody } from "@/app/_ui/page-body";
import { listBases } from "@/lib/features/bases/list-bases";
import { listRuns } from "@/lib/features/runs/list-runs";
import { RequestTraining } from "@/lib/features/runs/schema";
import { trainingOutlook } from "@/lib/features/runs/training-outlook";
import { may } from "@/lib/records/access";
import { TrainingParameters } from "@/lib/records/training-parameters";
import { Outlook } from "./outlook";
import { isActive, runState } from "./run-state";
import { RunTable } from "./run-table";
import { TrainingForm } from "./training-form";

export const metadata: Metadata = { title: "Training" };

export default async function TrainingPage() {
  const actor = await pageActor();
  const [outlook, runs, bases] = await Promise.all([
    trainingOutlook(actor),
    listRuns(actor),
    listBases(actor),
  ]);
  const active = runs.filter((run) => isActive(runState(run)));

  return (
    <PageBody wide>
      <div className="grid gap-6 lg:grid-cols-[22rem_1fr]">
        <LiveRefresh topics={["run", "job", "label"]} pollMs={active.length > 0 ? 5_000 : 30_000} />
        <div className="flex flex-col gap-5">
          <h1 className="text-xl font-semibold">Training</h1>
          <Outlook outlook={outlook} />
          {may(actor, "training:request") && outlook.cohorts.length > 0 && (
            <TrainingForm
              cohorts={outlook.cohorts}
              fineTuning={outlook.fineTuning}
              bases={bases.map(({ card: _, ...base }) => base)}
              busy={active.map((run) => ({ cohort: run.cohort, number: run.number }))}
              defaults={{ seed: RequestTraining.parse({}).seed, parameters: TrainingParameters.parse({}) }}
            />
          )}
        </div>
        <section aria-labelledby="runs" className="min-w-0">
          <h2 id="runs" className="mb-3 text-xs font-semibold tracking-wider text-muted uppercase">
            Training runs
          </h2>
          <RunTable runs={runs} />
        </section>
      </div>
    </PageBody>
  );
}
