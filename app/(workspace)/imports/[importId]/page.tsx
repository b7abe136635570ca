import type { Metadata } from "next";
import { pageActor } from "@/app/_server/actor";
import { found } from "@/app/_server/found";
import { Badge } from "@/app/_ui/badge";
import { ButtonLink } from "@/app/_ui/button";
import { JobProgress } from "@/app/_ui/job-progress";
import { LiveRefresh } from "@/app/_ui/live-refresh";
import { OutcomeLine } from "@/app/_ui/outcome";
import { PageBody } from "@/app/_ui/page-body";
import { PageHeader } from "@/app/_ui/page-header";
import { ProgressBar } from "@/app/_ui/progress-bar";
import { Time } from "@/app/_ui/time";
import { findImport } from "@/lib/features/imports/find-import";
import type { ImportView } from "@/lib/features/imports/schema";
import { sayRefusal } from "@/lib/words/refusals";
import { bytesInWords, counted, importLook } from "../import-words";
import { Findings } from "./findings";
import { ImportDecision } from "./import-decision";

export const metadata: Metadata = { title: "Import" };

/** One import: its preview and the decision, its progress, its report. */
export default async function ImportPage({ params }: { params: Promise<{ importId: string }> }) {
  const actor = await pageActor();
  const row = await found(findImport(actor, await params));
  const { word, mark, tone } = importLook(row.state);
  return (
    <PageBody>
      <PageHeader
        title={row.name}
        lead={
          <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <Badge tone={tone} mark={mark}>
              {word}
            </Badge>
            {row.size !== null && <span>{bytesInWords(row.size)}</span>}
            <span>
              started by {row.requestedBy ?? "the command line"}, <Time at={row.createdAt} />
            </span>
            {row.cohort === "PHANTOM" && <span>phantoms, made by software</span>}
          </span>
        }
      >
        <Actions row={row} />
      </PageHeader>
      <Progress row={row} />
      {row.state === "READY" && row.preview && <Findings findings={row.preview} />}
      {row.report && <Findings findings={row.report} />}
      <LiveRefresh topics={["import"]} />
    </PageBody>
  );
}

function Actions({ row }: { row: ImportView }) {
  if (row.state === "DONE") return <ButtonLink href="/worklist">Open the worklist</ButtonLink>;
  if (!row.mayChange) return null;
  if (row.state === "READY") {
    return <ImportDecision importId={row.id} confirm="Import" cancel="Discard" />;
  }
  if (row.state === "UPLOADING") return <ImportDecision importId={row.id} cancel="Discard" />;
  if (row.state === "INSPECTING" || row.state === "IMPORTING") {
    return <ImportDecision importId={row.id} cancel="Stop" />;
  }
  return null;
}

function Progress({ row }: { row: ImportView }) {
  if (row.state === "UPLOADING") {
    return (
      <section aria-label="Upload" className="rounded-lg border border-line bg-panel px-5 py-4">
        <ProgressBar label={`Upload of ${row.name}`} done={row.receivedBytes} total={row.size ?? 0} />
        <p className="mt-1.5 text-muted">
          {bytesInWords(row.receivedBytes)} of {bytesInWords(row.size ?? 0)} have arrived. To resume an
          interrupted upload, select the same file on the Imports page.
        </p>
      </section>
    );
  }
  if ((row.state === "INSPECTING" || row.state === "IMPORTING") && row.job) {
    return (
      <section aria-label="Progress" className="rounded-lg border border-line bg-panel px-5 py-4">
        <JobProgress job={row.job} label={`Import of ${row.name}`} />
      </section>
    );
  }
  if (row.state === "FAILED") {
    return (
      <div className="mb-4">
        <OutcomeLine kind="failed">{row.error ? sayRefusal(row.error) : "The import failed."}</OutcomeLine>
      </div>
    );
  }
  if (row.state === "READY" && row.preview) {
    const added = row.preview.slices - row.preview.alreadyThere;
    return (
      <p className="mb-3">
        {added > 0
          ? `Importing adds ${counted(added, "slice")}. Nothing has been added yet.`
          : "Every slice of this archive is already imported; importing it adds nothing."}
      </p>
    );
  }
  return null;
}
