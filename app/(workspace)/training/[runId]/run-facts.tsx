import Link from "next/link";
import type { ReactNode } from "react";
import type { RunView } from "@/lib/features/runs/schema";
import { count, shortHash } from "../words";

/** How a run was made: backend, backbone runs, parameters, seed, snapshot. */
export function RunFacts({ run }: { run: RunView }) {
  const { parameters, backend } = run;
  const rejected = backend?.considered.filter((other) => !other.taken) ?? [];
  return (
    <section aria-labelledby="made" className="rounded-lg border border-line bg-panel p-4 text-base">
      <h2 id="made" className="mb-2 text-xs font-semibold tracking-wider text-muted uppercase">
        How it was made
      </h2>
      <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1.5 tabular-nums">
        <Fact name="Backbone runs">
          {count(run.backboneRuns)} <span className="text-muted">{backboneWords(run)}</span>
        </Fact>
        <Fact name="Backend">
          {backend ? (
            `${backend.name} ${backend.version}`
          ) : (
            <span className="text-muted">chosen before fitting</span>
          )}
        </Fact>
        <Fact name="Fine-tuning">{backboneInWords[parameters.backbone]}</Fact>
        {run.base && (
          <Fact name="Base">
            {run.base.name}{" "}
            <code className="text-sm text-muted" title={run.base.sha256}>
              {shortHash(run.base.sha256)}
            </code>
          </Fact>
        )}
        <Fact name="Heads">
          {run.steps.filter(({ kind }) => kind === "fit-head").length || `at most ${parameters.heads}`}
        </Fact>
        <Fact name="Seed">{run.seed}</Fact>
        <Fact name="Learning rate">{parameters.learningRate}</Fact>
        <Fact name="Weight decay">{parameters.weightDecay}</Fact>
        <Fact name="Batch">{parameters.batchSize} slices</Fact>
        <Fact name="Dropout">{parameters.dropout}</Fact>
        <Fact name="Stopping">
          after {parameters.maxEpochs} epochs
          {parameters.patience !== null && `, or ${parameters.patience} without a better validation loss`}
        </Fact>
        {run.snapshotHash && (
          <Fact name="Snapshot">
            <Link
              href={`/training/snapshots/${run.snapshotId}`}
              title={run.snapshotHash}
              className="text-accent underline-offset-2 hover:underline"
            >
              <code>{shortHash(run.snapshotHash)}</code>
            </Link>
          </Fact>
        )}
      </dl>
      {rejected.length > 0 && (
        <details className="mt-3">
          <summary className="w-fit cursor-pointer rounded text-muted hover:text-text">
            Backends not used
          </summary>
          <ul className="mt-1 space-y-1">
            {rejected.map((other) => (
              <li key={other.name} className="break-words">
                <span className="font-medium">{other.name}</span>
                <span className="text-muted">: {other.reason}</span>
              </li>
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}

const backboneInWords = {
  frozen: "no",
  "last-stage": "the last stage of the base network",
  all: "the whole base network",
};

function backboneWords(run: RunView): string {
  if (run.backboneRuns > 0) return "images were new to the backbone";
  return run.phase === null || run.phase === "snapshot" || run.phase === "embed"
    ? "so far"
    : "every image had been embedded before";
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-muted">{name}</dt>
      <dd>{children}</dd>
    </>
  );
}
