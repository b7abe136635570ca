import Link from "next/link";
import { durationInWords } from "@/app/_ui/duration";
import { ProgressBar } from "@/app/_ui/progress-bar";
import { Time } from "@/app/_ui/time";
import type { RunRow } from "@/lib/features/runs/schema";
import { CohortBadge } from "../models/cohort-badge";
import { isActive, RunStateBadge, runState } from "./run-state";
import { commandLine } from "./words";

/** All runs, newest first. */
export function RunTable({ runs }: { runs: RunRow[] }) {
  if (runs.length === 0)
    return (
      <p className="rounded-lg border border-line bg-panel p-4 text-base text-muted">
        No run yet. The model in production came with this installation.
      </p>
    );
  return (
    <div className="overflow-x-auto rounded-lg border border-line bg-panel">
      <table className="w-full border-collapse text-left text-base tabular-nums">
        <caption className="sr-only">Training runs, newest first</caption>
        <thead className="text-sm text-muted">
          <tr>
            {["Run", "State", "Trained on", "Requested", "Duration", "Candidate"].map((name) => (
              <th key={name} scope="col" className="px-3 py-(--cell-y) font-medium whitespace-nowrap">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {runs.map((run) => (
            <tr
              key={run.id}
              className={`border-t border-line align-baseline hover:bg-panel2 ${
                isActive(runState(run)) ? "bg-panel2 shadow-[inset_2px_0_var(--color-ai)]" : ""
              }`}
            >
              <th scope="row" className="px-3 py-(--cell-y) font-semibold whitespace-nowrap">
                <Link href={`/training/${run.id}`} className="text-accent underline-offset-2 hover:underline">
                  Run {run.number}
                </Link>
              </th>
              <td className="px-3 py-(--cell-y)">
                <RunStateBadge run={run} />
                <Progress run={run} />
              </td>
              <td className="px-3 py-(--cell-y)">
                <CohortBadge cohort={run.cohort} />
              </td>
              <td className="px-3 py-(--cell-y)">
                {run.reason ?? <span className="text-muted">no reason given</span>}
                <span className="block text-sm text-muted">
                  {run.requestedBy ?? commandLine}, <Time at={run.createdAt} />
                </span>
              </td>
              <td className="px-3 py-(--cell-y) whitespace-nowrap text-muted">
                {run.finishedAt
                  ? durationInWords(
                      (run.finishedAt.getTime() - (run.job?.startedAt ?? run.createdAt).getTime()) / 1000,
                    )
                  : "–"}
              </td>
              <td className="px-3 py-(--cell-y) whitespace-nowrap">
                {run.modelId ? (
                  <Link
                    href={`/models/${run.modelId}`}
                    className="text-accent underline-offset-2 hover:underline"
                  >
                    Model {run.modelNumber}
                  </Link>
                ) : (
                  <span className="text-muted">–</span>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Progress({ run }: { run: RunRow }) {
  if (run.job?.status !== "RUNNING" || run.job.progressTotal === 0) return null;
  return (
    <span className="mt-1 block w-24">
      <ProgressBar
        label={`Progress of run ${run.number}`}
        done={run.job.progressDone}
        total={run.job.progressTotal}
      />
    </span>
  );
}
