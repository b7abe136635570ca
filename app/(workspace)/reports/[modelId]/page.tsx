import type { Metadata } from "next";
import Link from "next/link";
import { pageActor } from "@/app/_server/actor";
import { found } from "@/app/_server/found";
import { ConfusionMatrix } from "@/app/_ui/charts/confusion-matrix";
import { Forest } from "@/app/_ui/charts/forest";
import { countedInWords, peopleWord } from "@/app/_ui/charts/in-words";
import { PageBody } from "@/app/_ui/page-body";
import { Time } from "@/app/_ui/time";
import { findReport } from "@/lib/features/reports/find-report";
import type { ReportNote } from "@/lib/features/reports/schema";
import { sayNotes } from "@/lib/words/notes";
import { CohortBadge } from "../../models/cohort-badge";
import { ModelState } from "../../models/model-state";
import { ClassificationReport } from "../classification-report";
import { Curves } from "../curves";
import { figureRows } from "../figure-rows";
import { MaskReport } from "../mask-report";
import { PatientTable } from "../patient-table";
import { PrintReport } from "../print-report";
import "../print.css";

export const metadata: Metadata = { title: "Accuracy report" };

export default async function ReportPage({ params }: { params: Promise<{ modelId: string }> }) {
  const actor = await pageActor();
  const { model, evaluation, patients, notes } = await found(
    findReport(actor, { modelId: (await params).modelId }),
  );
  const metrics = evaluation?.metrics;
  const people = peopleWord(model.cohort);

  return (
    <PageBody>
      <div className="report flex flex-col gap-5">
        <header className="flex flex-wrap items-start justify-between gap-3">
          <div>
            <p className="text-sm text-muted print:hidden">
              <Link href="/models" className="underline-offset-2 hover:underline">
                Models
              </Link>{" "}
              /{" "}
              <Link href={`/models/${model.id}`} className="underline-offset-2 hover:underline">
                Model {model.number}
              </Link>{" "}
              /
            </p>
            <h1 className="flex flex-wrap items-center gap-3 text-xl leading-tight font-semibold">
              Accuracy of model {model.number}
              <span className="text-base font-normal">
                <ModelState state={model.state} />
              </span>
              <span className="text-base font-normal">
                <CohortBadge cohort={model.cohort} />
              </span>
            </h1>
            {evaluation ? (
              <p className="max-w-[110ch] text-base">
                <strong className="font-semibold">Patient-level:</strong> tested on {evaluation.patients}{" "}
                {people} ({evaluation.slices.toLocaleString("en")} slices) that neither this model nor its
                ancestors have seen.
              </p>
            ) : (
              <p className="max-w-[110ch] text-base">
                <strong className="font-semibold">No figure.</strong> There was no unseen patient to test this
                model on.
              </p>
            )}
            <p className="text-sm text-muted">For research and dataset curation; not for diagnosis.</p>
          </div>
          {evaluation && <PrintReport />}
        </header>

        {metrics && (
          <>
            <div className="grid gap-5 lg:grid-cols-[minmax(0,1fr)_26rem] print:grid-cols-1">
              <section aria-labelledby="figures" className="rounded-lg border border-line bg-panel p-4">
                <h2 id="figures" className="text-base font-semibold">
                  Figures with 95 % intervals
                </h2>
                <p className="mb-2 text-sm text-muted">
                  {countedInWords({ ...metrics, cohort: model.cohort })},{" "}
                  {metrics.tumorSlices.toLocaleString("en")} of them with tumor. Intervals from{" "}
                  {metrics.resamples.toLocaleString("en")} resamples of {people}.
                </p>
                <Forest
                  caption="Figures with 95 % intervals"
                  rows={figureRows(metrics)}
                  series={[{ name: "Value (95 % interval)", shape: "disc" }]}
                />
              </section>
              <div className="flex min-w-0 flex-col gap-5">
                <section className="rounded-lg border border-line bg-panel p-4" aria-label="Confusion matrix">
                  <ConfusionMatrix
                    confusion={metrics.confusion}
                    threshold={metrics.threshold}
                    counted={{ patients: metrics.patients, slices: metrics.slices, cohort: model.cohort }}
                  />
                </section>
                <Notes title="What these figures can and cannot say" notes={notes} />
              </div>
            </div>
            <section className="rounded-lg border border-line bg-panel p-4" aria-label="Curves">
              <Curves metrics={metrics} cohort={model.cohort} />
            </section>
            <div className="grid gap-5 lg:grid-cols-2 print:grid-cols-1">
              <section
                className="rounded-lg border border-line bg-panel p-4"
                aria-label="Classification report"
              >
                <ClassificationReport metrics={metrics} />
              </section>
              {metrics.masks && (
                <section className="rounded-lg border border-line bg-panel p-4" aria-label="Proposed masks">
                  <MaskReport masks={metrics.masks} cohort={model.cohort} />
                </section>
              )}
            </div>
            {patients.length > 0 && (
              <section className="rounded-lg border border-line bg-panel p-4" aria-label="Patient by patient">
                <PatientTable patients={patients} />
              </section>
            )}
          </>
        )}
        {!metrics && <Notes title="Why there is no figure" notes={notes} />}
        {evaluation && (
          <p className="text-sm text-muted">
            Tested <Time at={evaluation.createdAt} />.
          </p>
        )}
      </div>
    </PageBody>
  );
}

function Notes({ title, notes }: { title: string; notes: ReportNote[] }) {
  return (
    <section aria-labelledby="notes" className="rounded-lg border border-line bg-panel p-4 text-base">
      <h2 id="notes" className="mb-1 font-semibold">
        {title}
      </h2>
      <ul className="list-disc space-y-1 pl-4">
        {sayNotes(notes).map((note) => (
          <li key={note}>{note}</li>
        ))}
      </ul>
    </section>
  );
}
