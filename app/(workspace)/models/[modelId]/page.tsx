import type { Metadata } from "next";
import Link from "next/link";
import { pageActor } from "@/app/_server/actor";
import { found } from "@/app/_server/found";
import { ButtonLink } from "@/app/_ui/button";
import { JobProgress } from "@/app/_ui/job-progress";
import { LiveRefresh } from "@/app/_ui/live-refresh";
import { PageBody } from "@/app/_ui/page-body";
import { findLineage } from "@/lib/features/lineage/find-lineage";
import { compareWithProduction } from "@/lib/features/models/compare-with-production";
import { findGate } from "@/lib/features/models/find-gate";
import { findModel } from "@/lib/features/models/find-model";
import { listDecisions } from "@/lib/features/models/list-decisions";
import { findRun } from "@/lib/features/runs/find-run";
import { may } from "@/lib/records/access";
import { CohortBadge } from "../cohort-badge";
import { DecisionList } from "../decision-list";
import { ModelState } from "../model-state";
import { ComparisonPanel } from "./comparison-panel";
import { GatePanel } from "./gate-panel";
import { Lineage } from "./lineage";
import { PromoteModel } from "./promote-model";
import { RejectModel } from "./reject-model";
import { RetireModel } from "./retire-model";
import { RollBack } from "./roll-back";

export const metadata: Metadata = { title: "Model" };

export default async function ModelPage({ params }: { params: Promise<{ modelId: string }> }) {
  const actor = await pageActor();
  const { modelId } = await params;
  const model = await found(findModel(actor, { modelId }));
  const isOpen = model.state === "CANDIDATE" || model.state === "RETIRED";
  const [comparison, lineage, run, gate, decisions] = await Promise.all([
    compareWithProduction(actor, { modelId }),
    findLineage(actor, { modelId }),
    model.runId ? findRun(actor, { runId: model.runId }) : null,
    isOpen ? findGate(actor, { modelId }) : null,
    listDecisions(actor, { modelId }),
  ]);
  const { predicting } = model;
  const mayPromote = may(actor, "model:promote");

  return (
    <PageBody>
      <div className="flex flex-col gap-5">
        <LiveRefresh topics={["model"]} pollMs={30_000} />
        <header className="flex flex-wrap items-start justify-between gap-3">
          <div>
            <p className="text-sm text-muted">
              <Link href="/models" className="underline-offset-2 hover:underline">
                Models
              </Link>{" "}
              /
            </p>
            <h1 className="flex flex-wrap items-center gap-3 text-xl leading-tight font-semibold">
              Model {model.number}
              <span className="text-base font-normal" role="status">
                <ModelState state={model.state} />
              </span>
              <span className="text-base font-normal">
                <CohortBadge cohort={model.cohort} />
              </span>
            </h1>
          </div>
          <div className="flex flex-wrap items-center gap-2">
            <ButtonLink href={`/reports/${model.id}`}>Accuracy report</ButtonLink>
            {mayPromote && isOpen && <RejectModel modelId={model.id} number={model.number} />}
            {mayPromote && model.state === "CANDIDATE" && (
              <RetireModel modelId={model.id} number={model.number} />
            )}
            {mayPromote && isOpen && <PromoteModel modelId={model.id} number={model.number} />}
            {mayPromote && model.previousNumber !== null && (
              <RollBack modelId={model.id} previousNumber={model.previousNumber} />
            )}
            {!mayPromote && model.state === "CANDIDATE" && (
              <span className="text-sm text-muted">An admin decides whether to promote it.</span>
            )}
          </div>
        </header>
        {predicting && (
          <section aria-label="Predicting again" className="rounded-lg border border-line bg-panel p-4">
            <p className="mb-2">
              Model {model.number} predicts slices in the background
              {model.state === "PRODUCTION"
                ? "; until then a slice has no prediction of it."
                : ", so that a promotion finds them ready."}
            </p>
            <JobProgress job={predicting} label={`Predicting slices with model ${model.number}`} />
          </section>
        )}
        <div className="grid gap-5 lg:grid-cols-[minmax(0,1fr)_24rem]">
          <div className="flex min-w-0 flex-col gap-5">
            {gate && <GatePanel model={model} gate={gate} mayPromote={mayPromote} />}
            <ComparisonPanel model={model} comparison={comparison} />
            {decisions.length > 0 && (
              <section aria-labelledby="decisions" className="rounded-lg border border-line bg-panel p-4">
                <h2 id="decisions" className="mb-1 text-base font-semibold">
                  Decision log
                </h2>
                <DecisionList decisions={decisions} />
              </section>
            )}
          </div>
          <Lineage model={model} run={run} lineage={lineage} />
        </div>
      </div>
    </PageBody>
  );
}
