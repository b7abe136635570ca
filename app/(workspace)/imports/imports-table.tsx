import Link from "next/link";
import { Badge } from "@/app/_ui/badge";
import { EmptyState } from "@/app/_ui/empty-state";
import { JobProgress } from "@/app/_ui/job-progress";
import { ProgressBar } from "@/app/_ui/progress-bar";
import { Cell, HeadCell, Row, rowLink, Table, TableHead } from "@/app/_ui/table";
import { Time } from "@/app/_ui/time";
import type { ImportView } from "@/lib/features/imports/schema";
import type { JobView } from "@/lib/records/job-view";
import { sayRefusal } from "@/lib/words/refusals";
import { FailedJobButtons } from "../admin/jobs/job-buttons";
import { bytesInWords, counted, importLook } from "./import-words";
import { RetryImportButton } from "./retry-import-button";

/** The newest imports and where they stand. */
export function ImportsTable({ imports, mayAct }: { imports: ImportView[]; mayAct: boolean }) {
  if (imports.length === 0) {
    return <EmptyState title="Nothing was imported yet">Imported data sets will be listed here.</EmptyState>;
  }
  return (
    <Table className="table-fixed">
      <caption className="sr-only">Imports, newest first</caption>
      <TableHead>
        <tr>
          <HeadCell className="w-1/4">Archive</HeadCell>
          <HeadCell className="w-48">State</HeadCell>
          <HeadCell>Result</HeadCell>
          <HeadCell numeric className="w-24">
            Size
          </HeadCell>
          <HeadCell className="w-36">By</HeadCell>
          <HeadCell className="w-44">Started</HeadCell>
        </tr>
      </TableHead>
      <tbody>
        {imports.map((row) => (
          <Row key={row.id}>
            <Cell className="wrap-anywhere">
              <Link href={`/imports/${row.id}`} className={rowLink}>
                {row.name}
              </Link>
              {row.cohort === "PHANTOM" && <span className="ml-2 text-muted">made by software</span>}
            </Cell>
            <Cell>
              <Badge tone={importLook(row.state).tone} mark={importLook(row.state).mark}>
                {importLook(row.state).word}
              </Badge>
            </Cell>
            <Cell>
              <Result row={row} />
              {row.state === "FAILED" && row.job && mayAct && <FailedImport row={row} job={row.job} />}
            </Cell>
            <Cell numeric>{row.size === null ? "folder" : bytesInWords(row.size)}</Cell>
            <Cell className="text-muted wrap-anywhere">{row.requestedBy ?? "command line"}</Cell>
            <Cell className="text-muted">
              <Time at={row.createdAt} />
            </Cell>
          </Row>
        ))}
      </tbody>
    </Table>
  );
}

function Result({ row }: { row: ImportView }) {
  if (row.state === "UPLOADING") {
    return <ProgressBar label={`Upload of ${row.name}`} done={row.receivedBytes} total={row.size ?? 0} />;
  }
  if ((row.state === "IMPORTING" || row.state === "INSPECTING") && row.job) {
    return <JobProgress job={row.job} label={`Import of ${row.name}`} />;
  }
  if (row.error) return <span className="text-flag wrap-anywhere">{sayRefusal(row.error)}</span>;
  if (row.report) {
    const { slices, alreadyThere, rejects } = row.report;
    const parts = [`${(slices - alreadyThere).toLocaleString("en")} of ${counted(slices, "slice")} added`];
    if (rejects.length > 0) parts.push(counted(rejects.length, "reject"));
    return <span>{parts.join(" · ")}</span>;
  }
  if (row.preview) return <span className="text-muted">{counted(row.preview.slices, "slice")} found</span>;
  return <span className="text-muted">—</span>;
}

/** What a person does about a failed import. An upload's bytes are gone by now, so its file is chosen again. */
function FailedImport({ row, job }: { row: ImportView; job: JobView }) {
  // `relative`: above the link that covers the row.
  return (
    <div className="relative mt-1 flex flex-wrap items-center gap-1.5 text-sm text-muted">
      {row.mayRetry ? (
        <RetryImportButton importId={row.id} name={row.name} />
      ) : (
        "To try again, select the file again."
      )}
      {job.status === "FAILED" && (
        <FailedJobButtons jobId={job.id} name={row.name} mayRetry={false} isSeen={job.seenAt !== null} />
      )}
    </div>
  );
}
