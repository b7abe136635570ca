"use client";

import { useState } from "react";
import { Button } from "@/app/_ui/button";
import { OutcomeLine } from "@/app/_ui/outcome";
import { useAction } from "@/app/_ui/use-action";
import type { SnapshotCheck } from "@/lib/features/snapshots/schema";
import { count, shortHash } from "../../words";
import { verifySnapshotAction } from "./actions";

/** Hashes the snapshot's rows anew when asked to, and says whether the hash holds. */
export function VerifySnapshot({ snapshotId }: { snapshotId: string }) {
  const { run, busy, refusal } = useAction(verifySnapshotAction);
  const [check, setCheck] = useState<SnapshotCheck | null>(null);
  return (
    <div className="flex flex-wrap items-center gap-2">
      <Button busy={busy} onClick={async () => setCheck((await run({ snapshotId }))?.data ?? null)}>
        Verify the hash
      </Button>
      {refusal && <OutcomeLine kind="failed">{refusal.message}</OutcomeLine>}
      {!refusal && check && <Verdict check={check} />}
    </div>
  );
}

function Verdict({ check: { holds, recomputed, items, contextSlices } }: { check: SnapshotCheck }) {
  const rows = `${count(items)} labelled and ${count(contextSlices)} context slices`;
  if (holds) return <OutcomeLine kind="done">The hash holds: made anew from {rows}.</OutcomeLine>;
  return (
    <OutcomeLine kind="failed">
      The hash does not hold: {rows} now give <code title={recomputed}>{shortHash(recomputed)}</code>. Rows
      were changed past the rules of the database; figures of these runs cannot be trusted.
    </OutcomeLine>
  );
}
