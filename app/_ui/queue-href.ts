import type { FlagFilter } from "@/lib/features/flags/schema";
import type { SlicePlace } from "@/lib/records/slice-place";

/** Which flagged slices a reader goes through, one by one. */
export type QueueFilter = FlagFilter;

/** A queue as an address opens it. */
export interface OpenedQueue {
  filter: QueueFilter;
  /** From the list: what this window did before in such a queue is over. */
  isNew: boolean;
}

/** What an address says of a queue; without it, one reads a study by itself. */
export function queueQuery(filter: QueueFilter): Record<string, string> {
  const { reason, cohort, patients } = filter;
  return { queue: "flagged", reason, patients, ...(cohort ? { cohort } : {}) };
}

/** The address of a slice in the reading room, in a queue where there is one. */
export function sliceHref(
  { studyId, position }: Pick<SlicePlace, "studyId" | "position">,
  queue: QueueFilter | null = null,
  { isNew = false }: { isNew?: boolean } = {},
): string {
  return `/studies/${studyId}?${new URLSearchParams({
    slice: String(position),
    ...(queue ? queueQuery(queue) : {}),
    ...(isNew ? { start: "1" } : {}),
  })}`;
}

/** The list that a queue goes through. */
export function queueListHref(filter: QueueFilter): string {
  const { queue: _queue, ...query } = queueQuery(filter);
  return `/flagged?${new URLSearchParams(query)}`;
}
