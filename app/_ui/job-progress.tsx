"use client";
import { useRouter } from "next/navigation";
import { useCallback, useEffect, useRef, useState } from "react";
import type { JobView } from "@/lib/records/job-view";
import { Badge } from "./badge";
import { isUnderWay, jobLook, jobName } from "./job-words";
import { ProgressBar } from "./progress-bar";
import { useChanges } from "./use-changes";

/**
 * A job's progress, kept up to date; when the job ends, the page around it is read anew.
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
            <span className="truncate text-sm text-muted">{job.message}</span>
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
      {job.error && <p className="mt-1 text-flag wrap-anywhere">{job.error}</p>}
    </div>
  );
}

function useJob(initial: JobView): JobView {
  const [fresh, setFresh] = useState<JobView | null>(null);
  const router = useRouter();
  // The page's own reading counts where it is the later one: a job never goes back from its end.
  const job = fresh?.id === initial.id && isUnderWay(initial) ? fresh : initial;
  const reading = useRef<"none" | "one" | "again">("none");

  const read = useCallback(async () => {
    if (reading.current !== "none") {
      reading.current = "again";
      return;
    }
    do {
      reading.current = "one";
      const response = await fetch(`/api/jobs/${initial.id}`).catch(() => null);
      if (response?.ok) setFresh((await response.json()) as JobView);
    } while ((reading.current as string) === "again");
    reading.current = "none";
  }, [initial.id]);

  useChanges((change) => {
    if (isUnderWay(job) && (!change || (change.topic === "job" && change.id === job.id))) void read();
  });

  const ended = !isUnderWay(job) && isUnderWay(initial);
  useEffect(() => {
    if (ended) router.refresh();
  }, [ended, router]);
  return job;
}
