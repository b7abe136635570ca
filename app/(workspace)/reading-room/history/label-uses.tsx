import Link from "next/link";
import { shortHash, splitWord } from "@/app/(workspace)/training/words";
import type { LabelUse } from "@/lib/features/snapshots/schema";

/** So many of the newest are shown; the rest on demand. */
const shown = 2;

/** Where a label version was used: snapshots, and the runs and models made from them. */
export function LabelUses({ uses }: { uses: readonly LabelUse[] }) {
  if (uses.length === 0) return null;
  return (
    <div className="text-muted">
      {uses.slice(0, shown).map((use) => (
        <Use key={use.snapshotId} use={use} />
      ))}
      {uses.length > shown && (
        <details>
          <summary className="w-fit cursor-pointer rounded hover:text-text">
            and in {uses.length - shown} earlier {uses.length - shown === 1 ? "snapshot" : "snapshots"}
          </summary>
          {uses.slice(shown).map((use) => (
            <Use key={use.snapshotId} use={use} />
          ))}
        </details>
      )}
    </div>
  );
}

const link = "underline decoration-line underline-offset-2 hover:text-text hover:decoration-current";

function Use({ use: { snapshotId, hash, split, runs } }: { use: LabelUse }) {
  return (
    <span className="block">
      used for {splitWord(split)} in{" "}
      <Link href={`/training/snapshots/${snapshotId}`} className={link}>
        snapshot {shortHash(hash)}
      </Link>
      {runs.map(({ id, number, model }) => (
        <span key={id}>
          {" → "}
          {model ? (
            <Link href={`/models/${model.id}`} className={link}>
              model {model.number}
            </Link>
          ) : (
            <Link href={`/training/${id}`} className={link}>
              run {number}
            </Link>
          )}
        </span>
      ))}
    </span>
  );
}
