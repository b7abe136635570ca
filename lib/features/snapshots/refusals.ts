import type { SplitNote } from "@/lib/science/training/split-by-patient";

/** What features of snapshots refuse. */
export type SnapshotRefusal = { code: "no-split"; notes: SplitNote[] };

declare module "@/lib/platform/errors" {
  interface Refusals {
    snapshots: SnapshotRefusal;
  }
}
