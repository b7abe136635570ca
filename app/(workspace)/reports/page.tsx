import type { Metadata } from "next";
import Link from "next/link";
import { pageActor } from "@/app/_server/actor";
import { countedInWords } from "@/app/_ui/charts/in-words";
import { PageBody } from "@/app/_ui/page-body";
import { readingTimes } from "@/lib/features/labels/reading-times";
import { readersInModels } from "@/lib/features/lineage/readers-in-models";
import { listModels } from "@/lib/features/models/list-models";
import { CohortBadge } from "../models/cohort-badge";
import { ModelState } from "../models/model-state";
import { ReadersInModels } from "./readers-in-models";
import { ReadingTimesTable } from "./reading-times-table";

export const metadata: Metadata = { title: "Reports" };

export default async function ReportsPage() {
  const actor = await pageActor();
  const [models, onPatients, onPhantoms, readers] = await Promise.all([
    listModels(actor),
    readingTimes(actor, { cohort: "REAL" }),
    readingTimes(actor, { cohort: "PHANTOM" }),
    readersInModels(actor),
  ]);
  return (
    <PageBody>
      <div className="flex flex-col gap-4">
        <h1 className="text-xl font-semibold">Accuracy reports</h1>
        <ul className="divide-y divide-line rounded-lg border border-line bg-panel text-base">
          {models.map((model) => (
            <li
              key={model.id}
              className="flex flex-wrap items-center gap-x-5 gap-y-1 px-3 py-2 hover:bg-panel2"
            >
              <Link
                href={`/reports/${model.id}`}
                className="w-40 font-semibold text-accent underline-offset-2 hover:underline"
              >
                Report on model {model.number}
              </Link>
              <span className="w-28">
                <ModelState state={model.state} />
              </span>
              <CohortBadge cohort={model.cohort} />
              <span className="ml-auto text-muted tabular-nums">
                {model.evaluation
                  ? `tested on ${countedInWords({ ...model.evaluation, cohort: model.cohort })}`
                  : "no unseen patient to test on"}
              </span>
            </li>
          ))}
        </ul>
        <ReadingTimesTable title="Reading times, patients" times={onPatients} />
        <ReadingTimesTable title="Reading times, phantoms" times={onPhantoms} />
        <ReadersInModels readers={readers} />
      </div>
    </PageBody>
  );
}
