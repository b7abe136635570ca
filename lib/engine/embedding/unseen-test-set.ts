import { unseenTestSlices } from "@/lib/features/models/judge-model";
import type { ContextSlice } from "@/lib/features/training/read-context-slices";
import type { SnapshotSlice } from "@/lib/features/training/read-snapshot";
import { database } from "@/lib/platform/database";
import { slicesOf } from "./embedded-snapshot";

/**
 * Of the slices of a model's snapshot those that the model and the one in production are compared on: of test patients
 * that neither of them nor an ancestor of theirs has seen, with their neighbours.
 */
export async function unseenTestSet(
  slices: readonly (SnapshotSlice | ContextSlice)[],
  model: { runId: string | null; seenPatients: string[] },
  production: { seenPatients: string[] },
): Promise<(SnapshotSlice | ContextSlice)[]> {
  const items = await database().snapshotItem.findMany({
    where: await unseenTestSlices(database(), model, production),
    select: { patientId: true },
    distinct: "patientId",
  });
  const unseen = new Set(items.map(({ patientId }) => patientId));
  return slicesOf(slices, "test").filter(({ patientId }) => unseen.has(patientId));
}
