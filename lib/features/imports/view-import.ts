import type { Import, Job } from "@/lib/platform/generated/client";
import { StoredMessage } from "@/lib/platform/message";
import { type Actor, may } from "@/lib/records/access";
import { viewJob } from "@/lib/records/job-view";
import { ImportPreview, ImportReport, type ImportView } from "./schema";

/** An Import row as people see it, with the job that works on it. */
export function viewImport(
  actor: Actor,
  row: Import & { requestedBy: { name: string } | null },
  job: Job | undefined,
): ImportView {
  const { id, state, name, cohort, error, createdAt, finishedAt } = row;
  return {
    id,
    state,
    name,
    size: row.size === null ? null : Number(row.size),
    receivedBytes: Number(row.receivedBytes),
    mayChange: may(actor, "import:write"),
    mayRetry: state === "FAILED" && !row.uploaded && may(actor, "import:write"),
    requestedBy: row.requestedBy?.name ?? null,
    cohort,
    preview: ImportPreview.nullable().parse(row.preview),
    report: ImportReport.nullable().parse(row.report),
    error: StoredMessage.nullable().parse(error),
    createdAt,
    finishedAt,
    job: job ? viewJob(job) : null,
  };
}
