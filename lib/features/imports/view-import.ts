import type { Import, Job } from "@/lib/platform/generated/client";
import { type Actor, may } from "@/lib/records/access";
import { viewJob } from "@/lib/records/job-view";
import type { ImportPreview, ImportReport, ImportView } from "./schema";

/** An Import row as people see it, with the job that works on it. */
export function viewImport(
  actor: Actor,
  row: Import & { requestedBy: { name: string } | null },
  job: Job | undefined,
): ImportView {
  const { id, name, cohort, error, createdAt, finishedAt } = row;
  return {
    id,
    state: stateOf(row, job),
    name,
    size: row.size === null ? null : Number(row.size),
    receivedBytes: Number(row.receivedBytes),
    mayChange: may(actor, "import:write"),
    requestedBy: row.requestedBy?.name ?? null,
    cohort,
    preview: row.preview as unknown as ImportPreview | null,
    report: row.report as unknown as ImportReport | null,
    error,
    createdAt,
    finishedAt,
    job: job ? viewJob(job) : null,
  };
}

/** A job that was cancelled before a worker took it leaves its import as it was; nobody will work on it any more. */
function stateOf(row: Import, job: Job | undefined): Import["state"] {
  const waits = row.state === "INSPECTING" || row.state === "IMPORTING";
  return waits && job?.status === "CANCELLED" ? "CANCELLED" : row.state;
}
