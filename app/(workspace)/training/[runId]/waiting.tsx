import type { JobView } from "@/lib/features/jobs/schema";
import { durationInWords } from "../time-left";

/** Where a waiting run stands in the queue, and what to do when no worker takes it. */
export function Waiting({ job, jobs, now }: { job: JobView; jobs: JobView[]; now: Date }) {
  const ahead = jobs.filter((other) => other.status === "WAITING" && other.createdAt < job.createdAt).length;
  const busy = jobs.filter((other) => other.status === "RUNNING").length;
  const seconds = (now.getTime() - job.createdAt.getTime()) / 1000;
  return (
    <p role="status" className="rounded-lg border border-line bg-panel px-3 py-2 text-base">
      <span aria-hidden="true">◌</span> Waiting for a worker for {durationInWords(seconds)}.{" "}
      {ahead > 0 ? `${ahead} ${ahead === 1 ? "job is" : "jobs are"} ahead of it.` : "It is next."}
      {busy > 0 && ` ${busy} ${busy === 1 ? "job is" : "jobs are"} running.`}
      {busy === 0 && seconds > 30 && (
        <span className="text-human">
          {" "}
          No worker has taken it: an operator should check that one is running.
        </span>
      )}
    </p>
  );
}
