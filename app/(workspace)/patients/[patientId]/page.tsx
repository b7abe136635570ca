import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { pageActor } from "@/app/_server/actor";
import { found } from "@/app/_server/found";
import { Badge } from "@/app/_ui/badge";
import { EmptyState } from "@/app/_ui/empty-state";
import { PageBody } from "@/app/_ui/page-body";
import { PageHeader } from "@/app/_ui/page-header";
import { StudyTable } from "@/app/_ui/study-table";
import { findPatient } from "@/lib/features/patients/find-patient";
import { PatientId, type PatientView } from "@/lib/features/patients/schema";

export const metadata: Metadata = { title: "Patient" };

interface Props {
  params: Promise<{ patientId: string }>;
}

export default async function PatientPage({ params }: Props) {
  const actor = await pageActor();
  const parsed = PatientId.safeParse(await params);
  if (!parsed.success) notFound();
  const patient = await found(findPatient(actor, parsed.data));
  return (
    <PageBody wide>
      <PageHeader
        title={`Patient ${patient.key}`}
        lead={
          <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <span>Site {patient.site}</span>
            {patient.cohort === "PHANTOM" && <Badge mark="◇">phantom</Badge>}
            <span>{splitWords(patient.split)}</span>
          </span>
        }
      />
      <h2 className="mt-5 mb-2 text-sm font-semibold tracking-[.08em] text-muted uppercase">Studies</h2>
      {patient.studies.length > 0 ? (
        <StudyTable
          rows={patient.studies}
          caption={`Studies of patient ${patient.key}`}
          withPatient={false}
        />
      ) : (
        <EmptyState title="No studies of this patient are here" />
      )}
      <Clinical clinical={patient.clinical} />
    </PageBody>
  );
}

/** A patient's slices are all on one side of every split, so that no model is tested on a patient it has seen. */
function splitWords(split: PatientView["split"]): string {
  switch (split) {
    case "TRAIN":
      return "All slices go into training";
    case "VALIDATION":
      return "All slices go into validation";
    case "TEST":
      return "All slices are kept for testing";
    default:
      return "Not yet in a training run";
  }
}

function Clinical({ clinical }: { clinical: PatientView["clinical"] }) {
  const facts = Object.entries(clinical ?? {}).filter(([, value]) => value !== "");
  if (facts.length === 0) return null;
  return (
    <section aria-labelledby="clinical">
      <h2 id="clinical" className="mt-6 mb-2 text-sm font-semibold tracking-[.08em] text-muted uppercase">
        As in the imported table
      </h2>
      <dl className="grid grid-cols-[repeat(auto-fill,minmax(15rem,1fr))] gap-x-6 rounded-lg border border-line bg-panel px-4 py-2">
        {facts.map(([name, value]) => (
          <div key={name} className="flex justify-between gap-3 border-b border-line/60 py-1">
            <dt className="min-w-0 text-muted break-words">{name}</dt>
            <dd className="text-right break-words">{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
