import { Time } from "@/app/_ui/time";
import type { LogLine } from "@/lib/features/runs/schema";

/** How many lines are shown; the whole log can be downloaded. */
export const shownLines = 200;

/** What the workers said, newest last; open where the run failed. */
export function RunLog({ runId, lines, open }: { runId: string; lines: LogLine[]; open: boolean }) {
  return (
    <details open={open} className="rounded-lg border border-line bg-panel p-4 text-base">
      <summary className="w-fit cursor-pointer rounded text-xs font-semibold tracking-wider text-muted uppercase hover:text-text">
        Log
      </summary>
      {lines.length === 0 ? (
        <p className="mt-2 text-muted">No worker has said anything yet.</p>
      ) : (
        <>
          <p className="mt-2 text-sm text-muted">
            {lines.length >= shownLines && `The last ${shownLines} lines. `}
            <a
              href={`/api/training/${runId}/log`}
              download
              className="text-accent underline underline-offset-2"
            >
              Download the whole log
            </a>
          </p>
          <ol
            aria-label="Log lines"
            className="mt-2 max-h-80 overflow-auto rounded border border-line bg-bg p-2 font-mono text-xs leading-5"
          >
            {lines.map(({ id, at, worker, text }) => (
              <li key={id} className="break-words">
                <span className="text-muted">
                  <Time at={at} seconds />
                </span>{" "}
                {worker && <span className="text-muted">{worker}: </span>}
                {text}
              </li>
            ))}
          </ol>
        </>
      )}
    </details>
  );
}
