import Link from "next/link";
import type { SnapshotView } from "@/lib/features/snapshots/schema";
import { ModelLinks } from "../../model-links";

/** The runs that learned from a snapshot, the models they made, and the models that were scored on its test patients. */
export function MadeFromIt({ snapshot: { runs, evaluated } }: { snapshot: SnapshotView }) {
  const made = new Set(runs.map(({ model }) => model?.id));
  const others = evaluated.filter(({ id }) => !made.has(id));
  return (
    <section aria-labelledby="made-from-it" className="rounded-lg border border-line bg-panel p-4 text-base">
      <h2 id="made-from-it" className="mb-2 text-xs font-semibold tracking-wider text-muted uppercase">
        Models from this snapshot
      </h2>
      {runs.length === 0 && <p className="text-muted">No run.</p>}
      <ul className="space-y-1">
        {runs.map((run) => (
          <li key={run.id} className="flex flex-wrap gap-x-3">
            <Link href={`/training/${run.id}`} className="text-accent underline-offset-2 hover:underline">
              Run {run.number}
            </Link>
            {run.model ? (
              <ModelLinks models={[run.model]} />
            ) : (
              <span className="text-muted">has made no model</span>
            )}
          </li>
        ))}
      </ul>
      {others.length > 0 && (
        <>
          <h3 className="mt-3 mb-1 font-semibold">Also scored on its test patients</h3>
          <ModelLinks models={others} />
        </>
      )}
    </section>
  );
}
