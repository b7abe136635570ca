import type { RunRow } from "@/lib/features/runs/schema";
import { phaseWords } from "./phases";

export type RunState = "waiting" | "running" | "cancelling" | "done" | "failed" | "cancelled";

/** A run's state as people see it. A run without a job has lost it with the queue's history. */
export function runState(run: Pick<RunRow, "job" | "modelId" | "finishedAt">): RunState {
  if (run.job?.cancelRequested && run.job.status === "RUNNING") return "cancelling";
  switch (run.job?.status) {
    case "WAITING":
      return "waiting";
    case "RUNNING":
      return "running";
    case "FAILED":
      return "failed";
    case "CANCELLED":
      return "cancelled";
    case "DONE":
      return "done";
    default:
      return run.modelId ? "done" : "failed";
  }
}

export const isActive = (state: RunState) =>
  state === "waiting" || state === "running" || state === "cancelling";

const looks: Record<RunState, { shape: string; word: string; className: string }> = {
  waiting: { shape: "◌", word: "waiting", className: "text-muted" },
  running: { shape: "▶", word: "running", className: "text-ai" },
  cancelling: { shape: "◧", word: "cancelling", className: "text-human" },
  done: { shape: "✓", word: "done", className: "text-ok" },
  failed: { shape: "✕", word: "failed", className: "text-flag" },
  cancelled: { shape: "■", word: "cancelled", className: "text-muted" },
};

/** State by shape and word; colour only repeats it. */
export function RunStateBadge({ run }: { run: Pick<RunRow, "job" | "modelId" | "finishedAt" | "phase"> }) {
  const state = runState(run);
  const { shape, word, className } = looks[state];
  return (
    <span className={`inline-flex items-center gap-1.5 whitespace-nowrap ${className}`}>
      <span aria-hidden="true">{shape}</span>
      {word}
      {state === "running" && run.phase && <span className="text-muted">· {phaseWords[run.phase].name}</span>}
    </span>
  );
}
