import type { QueueFilter } from "@/app/_ui/queue-href";
import type { QueuePlace } from "@/lib/features/flags/schema";
import type { SlicePlace } from "@/lib/records/slice-place";

/** The flagged slices that a reader goes through, in the order of the list that they came from. */
export interface Queue {
  filter: QueueFilter;
  /** The slice of the queue that is read. The reader may look at others of its study meanwhile. */
  at: SlicePlace;
  /** The slices before it that the reader came through, the first one first. */
  visited: readonly SlicePlace[];
  /** Where it stands; null until the server has said. */
  place: QueuePlace | null;
}
