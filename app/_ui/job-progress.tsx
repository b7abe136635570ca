"use client";
import { useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useEffect } from "react";
import { type AsJson, getJson } from "@/app/_client/request";
import type { JobView } from "@/lib/records/job-view";
import { sayProgress } from "@/lib/words/progress";
import { sayRefusal } from "@/lib/words/refusals";
import { Badge } from "./badge";
import { isUnderWay, jobLook, jobName } from "./job-words";
import { ProgressBar } from "./progress-bar";

/**
 * A job's progress, kept up to date; when the job ends, the page around it is read again.
 *
 * `label` names the progress bar.
 */
export function JobProgress({ job: initial, label }: { job: JobView; label?: string }) {
  const job = useJob(initial);
  const { word, mark, tone } = jobLook(job);
  return (
    <div className="min-w-0">
      <div className="mb-1 flex items-baseline justify-between gap-3">
        <span className="flex min-w-0 items-baseline gap-2">
          <Badge tone={tone} mark={mark}>
            {word}
          </Badge>
          {isUnderWay(job) && job.message && (
            <span className="truncate text-sm text-muted">{sayProgress(job.message)}</span>
          )}
        </span>
        {job.progressTotal > 0 && (
          <span className="text-sm whitespace-nowrap text-muted">
            {job.progressDone.toLocaleString("en")} of {job.progressTotal.toLocaleString("en")}
          </span>
        )}
      </div>
      {isUnderWay(job) && (
        <ProgressBar label={label ?? jobName(job.kind)} done={job.progressDone} total={job.progressTotal} />
      )}
      {job.error && <p className="mt-1 text-flag wrap-anywhere">{sayRefusal(job.error)}</p>}
    </div>
  );
}

function useJob(initial: JobView): JobView {
  const router = useRouter();
  const { data: fresh } = useQuery({
    queryKey: ["job", initial.id],
    queryFn: ({ signal }) => getJson<JobView>(`/api/jobs/${initial.id}`, signal),
    enabled: isUnderWay(initial),
    meta: { concerns: ({ topic, id }) => topic === "job" && id === initial.id },
  });
  // The page's own reading counts where it is the later one: a job never goes back from its end.
  const job = isUnderWay(initial) && fresh ? { ...initial, ...progressOf(fresh) } : initial;

  const ended = !isUnderWay(job) && isUnderWay(initial);
  useEffect(() => {
    if (ended) router.refresh();
  }, [ended, router]);
  return job;
}

/** What of a job changes while it is under way. */
function progressOf(fresh: AsJson<JobView>) {
  const { status, progressDone, progressTotal, message, error, cancelRequested } = fresh;
  return { status, progressDone, progressTotal, message, error, cancelRequested };
}
