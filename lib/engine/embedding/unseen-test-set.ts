import { unseenTestPatients } from "@/lib/features/models/judge-model";
import type { AnySnapshotSlice } from "@/lib/features/snapshots/read-snapshot";
import { slicesOf } from "./embedded-snapshot";

/**
 * Of the slices of a snapshot those that a model made on it and the one in production are compared on: of test patients
 * that neither of them nor an ancestor of theirs has seen, with their neighbours.
 */
export async function unseenTestSet(
  slices: readonly AnySnapshotSlice[],
  seenBy: { snapshotId: string; baseSha256: string; modelIds: string[] },
): Promise<AnySnapshotSlice[]> {
  const unseen = new Set(await unseenTestPatients(seenBy));
  return slicesOf(slices, "test").filter(({ patientId }) => unseen.has(patientId));
}
