import type { ReactNode } from "react";
import { Time } from "@/app/_ui/time";
import type { SnapshotView } from "@/lib/features/snapshots/schema";
import { count, inWords } from "../../words";

/** What is frozen, and what has changed since. */
export function SnapshotFacts({ snapshot }: { snapshot: SnapshotView }) {
  const { since } = snapshot;
  return (
    <section aria-labelledby="frozen" className="rounded-lg border border-line bg-panel p-4 text-base">
      <h2 id="frozen" className="mb-2 text-xs font-semibold tracking-wider text-muted uppercase">
        What is frozen
      </h2>
      <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1.5 tabular-nums">
        <Fact name="Hash">
          <code className="text-sm break-all">{snapshot.hash}</code>
        </Fact>
        <Fact name="Labelled">
          {inWords(snapshot.labelledSlices, "slice")}{" "}
          <span className="text-muted">in {inWords(snapshot.studies, "study", "studies")}</span>
        </Fact>
        <Fact name="Context">
          {inWords(snapshot.contextSlices, "slice")}{" "}
          <span className="text-muted">of the same studies without a usable label, seen as neighbours</span>
        </Fact>
        <Fact name="Newest label">
          {snapshot.newestLabelAt ? <Time at={snapshot.newestLabelAt} /> : "none"}
        </Fact>
      </dl>
      <h3 className="mt-4 mb-1 font-semibold">Since then</h3>
      {since.changed + since.contextLabelled === 0 ? (
        <p className="text-muted">No label of these slices has changed.</p>
      ) : (
        <ul className="list-disc space-y-1 pl-4">
          {since.changed > 0 && (
            <li>
              {inWords(since.changed, "slice")} {since.changed === 1 ? "has" : "have"} a newer label,{" "}
              {count(since.changedClass)} of them with another class.
            </li>
          )}
          {since.contextLabelled > 0 && (
            <li>
              {inWords(since.contextLabelled, "context slice")} {since.contextLabelled === 1 ? "is" : "are"}{" "}
              labelled tumor or no tumor by now.
            </li>
          )}
          <li className="text-muted">The next training learns from these.</li>
        </ul>
      )}
    </section>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-muted">{name}</dt>
      <dd className="min-w-0">{children}</dd>
    </>
  );
}
