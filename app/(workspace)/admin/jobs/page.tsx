import type { Metadata } from "next";
import { pageActor } from "@/app/_server/actor";
import { EmptyState } from "@/app/_ui/empty-state";
import { JobProgress } from "@/app/_ui/job-progress";
import { isUnderWay, jobName } from "@/app/_ui/job-words";
import { LiveRefresh } from "@/app/_ui/live-refresh";
import { PageBody } from "@/app/_ui/page-body";
import { PageHeader } from "@/app/_ui/page-header";
import { Cell, HeadCell, Row, Table, TableHead } from "@/app/_ui/table";
import { Time } from "@/app/_ui/time";
import { listJobs } from "@/lib/features/jobs/list-jobs";
import { may } from "@/lib/records/access";
import type { JobView } from "@/lib/records/job-view";
import { CancelJobButton } from "./cancel-job-button";

export const metadata: Metadata = { title: "Jobs" };

export default async function JobsPage() {
  const actor = await pageActor();
  const jobs = await listJobs(actor);
  const underWay = jobs.filter(isUnderWay).length;
  return (
    <PageBody>
      <LiveRefresh topics={["job"]} />
      <PageHeader
        title="Jobs"
        lead={
          underWay === 0
            ? "Background work, newest first. Nothing is under way."
            : `Background work, newest first. ${underWay} under way.`
        }
      />
      {jobs.length > 0 ? (
        <JobTable jobs={jobs} mayCancel={may(actor, "job:cancel")} />
      ) : (
        <EmptyState title="There has been no background work yet">
          <p>Imports, predictions and training runs appear here.</p>
        </EmptyState>
      )}
    </PageBody>
  );
}

function JobTable({ jobs, mayCancel }: { jobs: readonly JobView[]; mayCancel: boolean }) {
  return (
    <Table>
      <caption className="sr-only">Jobs</caption>
      <TableHead>
        <tr>
          <HeadCell>Job</HeadCell>
          <HeadCell className="w-1/2">State</HeadCell>
          <HeadCell>Asked for</HeadCell>
          <HeadCell numeric>Took</HeadCell>
          {mayCancel && (
            <HeadCell>
              <span className="sr-only">Actions</span>
            </HeadCell>
          )}
        </tr>
      </TableHead>
      <tbody>
        {jobs.map((job) => (
          <Row key={job.id}>
            <Cell className="font-semibold whitespace-nowrap">{jobName(job.kind)}</Cell>
            <Cell>
              <JobProgress job={job} />
            </Cell>
            <Cell className="text-muted">
              <Time at={job.createdAt} />
            </Cell>
            <Cell numeric>{took(job)}</Cell>
            {mayCancel && (
              <Cell className="text-right">
                {isUnderWay(job) && !job.cancelRequested && (
                  <CancelJobButton jobId={job.id} name={jobName(job.kind)} />
                )}
              </Cell>
            )}
          </Row>
        ))}
      </tbody>
    </Table>
  );
}

function took({ startedAt, finishedAt }: JobView): string {
  if (!startedAt || !finishedAt) return "–";
  const seconds = (finishedAt.getTime() - startedAt.getTime()) / 1000;
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  if (seconds < 120) return `${Math.round(seconds)} s`;
  return `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`;
}
