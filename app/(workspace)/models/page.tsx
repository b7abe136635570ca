import type { Metadata } from "next";
import { pageActor } from "@/app/_server/actor";
import { LiveRefresh } from "@/app/_ui/live-refresh";
import { PageBody } from "@/app/_ui/page-body";
import { listDecisions } from "@/lib/features/models/list-decisions";
import { listModels } from "@/lib/features/models/list-models";
import { DecisionList } from "./decision-list";
import { ModelTable } from "./model-table";

export const metadata: Metadata = { title: "Models" };

export default async function ModelsPage() {
  const actor = await pageActor();
  const [models, decisions] = await Promise.all([listModels(actor), listDecisions(actor)]);
  const cohorts = [
    {
      id: "real",
      title: "Trained on real patients",
      models: models.filter((model) => model.cohort === "REAL"),
    },
    {
      id: "phantom",
      title: "Trained on phantoms: demo only, no statement about patients",
      models: models.filter((model) => model.cohort === "PHANTOM"),
    },
  ]
    .filter((group) => group.models.length > 0)
    // The group that holds the model in production comes first.
    .sort((a, b) => Number(hasProduction(b.models)) - Number(hasProduction(a.models)));

  return (
    <PageBody wide>
      <div className="flex flex-col gap-5">
        <LiveRefresh topics={["model", "run"]} pollMs={30_000} />
        <header>
          <h1 className="text-xl font-semibold">Models</h1>
          <p className="max-w-[90ch] text-base text-muted">
            Figures are from whole patients that neither the model nor an ancestor has seen, with 95 %
            intervals (patients resampled). Models tested on different patients cannot be ranked by this
            table: open a candidate to compare it with production on the same patients.
          </p>
        </header>
        {cohorts.length === 0 && (
          <p className="rounded-lg border border-line bg-panel p-4 text-base text-muted">
            There is no model yet. A training run makes the first one.
          </p>
        )}
        {cohorts.map((group) => (
          <section key={group.id} aria-labelledby={group.id}>
            <h2 id={group.id} className="mb-2 text-xs font-semibold tracking-wider text-muted uppercase">
              {group.title}
            </h2>
            <ModelTable models={group.models} titleId={group.id} />
          </section>
        ))}
        {decisions.length > 0 && (
          <section aria-labelledby="decisions" className="rounded-lg border border-line bg-panel p-4">
            <h2 id="decisions" className="mb-1 text-xs font-semibold tracking-wider text-muted uppercase">
              Decision log
            </h2>
            <DecisionList decisions={decisions} />
          </section>
        )}
      </div>
    </PageBody>
  );
}

function hasProduction(models: { state: string }[]) {
  return models.some((model) => model.state === "PRODUCTION");
}
