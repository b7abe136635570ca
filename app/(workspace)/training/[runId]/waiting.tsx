import { durationInWords } from "@/app/_ui/duration";
import type { RunView } from "@/lib/features/runs/schema";

/** Where a run that no worker does now stands in the queue, and what to do when none takes it. */
export function Waiting({ run, now }: { run: RunView; now: Date }) {
  const { job, runsAhead } = run;
  if (!job) return null;
  const seconds = (now.getTime() - job.createdAt.getTime()) / 1000;
  const started = job.status === "RUNNING";
  return (
    <p role="status" className="rounded-lg border border-line bg-panel px-3 py-2 text-base">
      <span aria-hidden="true">◌</span>{" "}
      {started
        ? "Its next step waits for a worker."
        : `Waiting for a worker for ${durationInWords(seconds)}.`}{" "}
      {runsAhead > 0
        ? `${runsAhead} ${runsAhead === 1 ? "run" : "runs"} before this one.`
        : !started && "It is next."}
      {runsAhead === 0 && !started && seconds > 30 && (
        <span className="text-human">
          {" "}
          No worker has started it. An operator should check that a worker is running.
        </span>
      )}
    </p>
  );
}
