import type { Metadata } from "next";
import Link from "next/link";
import { pageActor } from "@/app/_server/actor";
import { found } from "@/app/_server/found";
import { ButtonLink } from "@/app/_ui/button";
import { JobProgress } from "@/app/_ui/job-progress";
import { isUnderWay } from "@/app/_ui/job-words";
import { LiveRefresh } from "@/app/_ui/live-refresh";
import { PageBody } from "@/app/_ui/page-body";
import { listJobs } from "@/lib/features/jobs/list-jobs";
import { compareWithProduction } from "@/lib/features/models/compare-with-production";
import { findModel } from "@/lib/features/models/find-model";
import { findLineage } from "@/lib/features/training/find-lineage";
import { findRun } from "@/lib/features/training/find-run";
import { may } from "@/lib/features/users/access";
import { CohortBadge } from "../cohort-badge";
import { ModelState } from "../model-state";
import { ComparisonPanel } from "./comparison-panel";
import { Lineage } from "./lineage";
import { PromoteModel } from "./promote-model";
import { RejectModel } from "./reject-model";

export const metadata: Metadata = { title: "Model" };

export default async function ModelPage({ params }: { params: Promise<{ modelId: string }> }) {
  const actor = await pageActor();
  const { modelId } = await params;
  const model = await found(findModel(actor, { modelId }));
  const [comparison, lineage, run, jobs] = await Promise.all([
    compareWithProduction(actor, { modelId }),
    findLineage(actor, { modelId }),
    model.runId ? findRun(actor, { runId: model.runId }) : null,
    model.state === "PRODUCTION" ? listJobs(actor) : [],
  ]);
  const predicting = jobs.find((job) => job.kind === "predict-slices" && isUnderWay(job));
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
            {mayPromote && model.state === "CANDIDATE" && (
              <RejectModel modelId={model.id} number={model.number} />
            )}
            {mayPromote && (model.state === "CANDIDATE" || model.state === "RETIRED") && (
              <PromoteModel modelId={model.id} number={model.number} />
            )}
            {!mayPromote && model.state === "CANDIDATE" && (
              <span className="text-sm text-muted">An admin decides whether to promote it.</span>
            )}
          </div>
        </header>
        {predicting && (
          <section aria-label="Predicting anew" className="rounded-lg border border-line bg-panel p-4">
            <p className="mb-2">
              All slices are predicted anew by model {model.number} in the background; until then a slice has
              no prediction of it.
            </p>
            <JobProgress job={predicting} label={`Predicting slices with model ${model.number}`} />
          </section>
        )}
        <div className="grid gap-5 lg:grid-cols-[minmax(0,1fr)_24rem]">
          <ComparisonPanel model={model} comparison={comparison} />
          <Lineage model={model} run={run} lineage={lineage} />
        </div>
      </div>
    </PageBody>
  );
}
