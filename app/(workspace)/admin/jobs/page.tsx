import type { Metadata } from "next";
import { pageActor } from "@/app/_server/actor";
import { readQuery } from "@/app/_server/query";
import { durationInWords } from "@/app/_ui/duration";
import { EmptyState } from "@/app/_ui/empty-state";
import { SelectField } from "@/app/_ui/field";
import { FilterForm } from "@/app/_ui/filter-form";
import { JobProgress } from "@/app/_ui/job-progress";
import { isUnderWay, jobName } from "@/app/_ui/job-words";
import { LiveRefresh } from "@/app/_ui/live-refresh";
import { PageBody } from "@/app/_ui/page-body";
import { PageHeader } from "@/app/_ui/page-header";
import { Cell, HeadCell, Row, Table, TableHead } from "@/app/_ui/table";
import { Time } from "@/app/_ui/time";
import { countUnseenFailures } from "@/lib/features/jobs/count-unseen-failures";
import { listJobs } from "@/lib/features/jobs/list-jobs";
import { type ListedJob, ShownJobs } from "@/lib/features/jobs/schema";
import { may } from "@/lib/records/access";
import type { JobView } from "@/lib/records/job-view";
import { AllSeenButton, CancelJobButton, FailedJobButtons } from "./job-buttons";
import { SubjectLink } from "./subject-link";

export const metadata: Metadata = { title: "Jobs" };

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

const shown = [
  { value: "all", label: "All jobs" },
  { value: "failed", label: "Failed" },
  { value: "unseen", label: "Failed, not seen" },
];

export default async function JobsPage({ searchParams }: Props) {
  const actor = await pageActor();
  const query = readQuery(ShownJobs, await searchParams);
  const [jobs, unseen] = await Promise.all([listJobs(actor, query), countUnseenFailures(actor)]);
  return (
    <PageBody wide>
      <LiveRefresh topics={["job"]} />
      <PageHeader title="Jobs" lead={lead(jobs, unseen)}>
        {unseen > 0 && <AllSeenButton />}
      </PageHeader>
      <FilterForm label="Jobs">
        <SelectField label="Show" name="show" defaultValue={query.show} className="w-44" options={shown} />
      </FilterForm>
      {jobs.length > 0 ? (
        <JobTable jobs={jobs} mayAct={may(actor, "job:cancel")} />
      ) : (
        <EmptyState
          title={query.show === "all" ? "There has been no background work yet" : "No job has failed"}
        >
          <p>Imports, predictions and training runs appear here.</p>
        </EmptyState>
      )}
    </PageBody>
  );
}

function lead(jobs: readonly ListedJob[], unseen: number): string {
  const underWay = jobs.filter(isUnderWay).length;
  const failed = unseen > 0 ? ` ${unseen} failed and not seen.` : "";
  return `Background work, newest first. ${underWay === 0 ? "None" : underWay} running or waiting.${failed}`;
}

function JobTable({ jobs, mayAct }: { jobs: readonly ListedJob[]; mayAct: boolean }) {
  return (
    <Table className="table-fixed">
      <caption className="sr-only">Jobs</caption>
      <TableHead>
        <tr>
          <HeadCell className="w-52">Job</HeadCell>
          <HeadCell className="w-56">About</HeadCell>
          <HeadCell>State</HeadCell>
          <HeadCell className="w-44">Requested</HeadCell>
          <HeadCell numeric className="w-24">
            Duration
          </HeadCell>
          {mayAct && (
            <HeadCell className="w-56">
              <span className="sr-only">Actions</span>
            </HeadCell>
          )}
        </tr>
      </TableHead>
      <tbody>
        {jobs.map((job) => (
          <Row key={job.id}>
            <Cell className="font-semibold">{jobName(job.kind)}</Cell>
            <Cell className="wrap-anywhere">
              <SubjectLink about={job.about} kind={job.kind} />
            </Cell>
            <Cell>
              <JobProgress job={job} />
              {job.status === "FAILED" && job.seenAt && (
                <p className="mt-0.5 text-xs text-muted">
                  Seen{job.seenBy && ` by ${job.seenBy}`} <Time at={job.seenAt} />
                </p>
              )}
            </Cell>
            <Cell className="text-muted">
              <Time at={job.createdAt} />
            </Cell>
            <Cell numeric>{took(job)}</Cell>
            {mayAct && (
              <Cell className="text-right">
                <Actions job={job} />
              </Cell>
            )}
          </Row>
        ))}
      </tbody>
    </Table>
  );
}

function Actions({ job }: { job: ListedJob }) {
  const name = jobName(job.kind);
  if (isUnderWay(job) && !job.cancelRequested) return <CancelJobButton jobId={job.id} name={name} />;
  if (job.status !== "FAILED") return null;
  return <FailedJobButtons jobId={job.id} name={name} mayRetry={job.mayRetry} isSeen={job.seenAt !== null} />;
}

function took({ startedAt, finishedAt }: JobView): string {
  if (!startedAt || !finishedAt) return "–";
  return durationInWords((finishedAt.getTime() - startedAt.getTime()) / 1000);
}
