"use client";

import { useQuery } from "@tanstack/react-query";
import { getJson } from "@/app/_client/request";
import { Button } from "@/app/_ui/button";
import { OutcomeLine } from "@/app/_ui/outcome";
import type { SnapshotCheck } from "@/lib/features/snapshots/schema";
import { count, shortHash } from "../../words";

/** Hashes the snapshot's rows again when asked to, and says whether the hash holds. */
export function VerifySnapshot({ snapshotId }: { snapshotId: string }) {
  const { data, error, isFetching, refetch } = useQuery({
    queryKey: ["snapshot-check", snapshotId],
    queryFn: ({ signal }) =>
      getJson<SnapshotCheck>(`/api/training/snapshots/${snapshotId}/verification`, signal),
    enabled: false,
    gcTime: 0,
  });
  return (
    <div className="flex flex-wrap items-center gap-2">
      <Button busy={isFetching} onClick={() => void refetch()}>
        Verify the hash
      </Button>
      {!isFetching && error && <OutcomeLine kind="failed">{error.message}</OutcomeLine>}
      {!error && data && <Verdict check={data} />}
    </div>
  );
}

function Verdict({ check: { holds, recomputed, items, contextSlices } }: { check: SnapshotCheck }) {
  const rows = `${count(items)} labelled and ${count(contextSlices)} context slices`;
  if (holds) return <OutcomeLine kind="done">The hash holds: computed again from {rows}.</OutcomeLine>;
  return (
    <OutcomeLine kind="failed">
      The hash does not hold: {rows} now give <code title={recomputed}>{shortHash(recomputed)}</code>. Rows
      were changed past the rules of the database; figures of these runs cannot be trusted.
    </OutcomeLine>
  );
}
