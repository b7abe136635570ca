import { type QueueFilter, sliceHref } from "@/app/_ui/queue-href";
import type { QueuePlace } from "@/lib/features/flags/schema";
import type { SlicePlace } from "@/lib/records/slice-place";
import type { Core } from "../core";
import { goToSlice } from "../place";
import { currentSlice } from "../selectors";
import type { Queue } from "./queue";

const storageKey = "sulcus.queue";
/** More are not gone back to. */
const mostVisited = 500;

/** Begins with the slice at hand, or goes on where this window left the queue. */
export function openQueue(core: Core, filter: QueueFilter): void {
  const { id: sliceId, position } = currentSlice(core.get());
  const at = { studyId: core.get().server.study.id, sliceId, position };
  core.put("now", { queue: { filter, at, visited: visitedBefore(core, sliceId), place: null } });
  void findPlace(core);
}

/** Asks where the slice stands, and fetches the next one ahead. */
export async function findPlace(core: Core): Promise<void> {
  const queue = core.get().now.queue;
  if (!queue) return;
  const { server } = core.ports;
  try {
    const place = await server.queuePlace(queue.at.sliceId, queue.filter);
    const now = core.get().now.queue;
    if (now?.at.sliceId !== queue.at.sliceId) return;
    core.put("now", { queue: { ...now, place } });
    if (place.next) server.fetchPicture(place.next.sliceId).catch(() => {});
  } catch {
    // The bar goes on without figures; who goes on is told what is wrong.
  }
}

/** Goes on to the next slice of the queue; the one at hand stays as it is. */
export async function goOnInQueue(core: Core): Promise<void> {
  const queue = core.get().now.queue;
  if (!queue) return;
  const say = (nextMessage: string | null) => core.put("now", { nextMessage });
  say("Looking for the next slice of the queue…");
  try {
    const place = await core.ports.server.queuePlace(queue.at.sliceId, queue.filter);
    core.put("now", { queue: { ...queue, place } });
    if (!place.next) return say(endWords(place));
    say(null);
    move(core, queue, place.next, [...queue.visited, queue.at]);
  } catch (error) {
    say(error instanceof Error ? error.message : "The server could not be reached.");
  }
}

function endWords({ before }: QueuePlace): string {
  if (before === 0) return "The queue is done: no flagged slice is left.";
  return `This is the end of the queue. ${before} ${before === 1 ? "slice" : "slices"} before it ${before === 1 ? "is" : "are"} still flagged.`;
}

/** Goes back to the slice before. */
export function goBackInQueue(core: Core): void {
  const queue = core.get().now.queue;
  const before = queue?.visited.at(-1);
  if (queue && before) move(core, queue, before, queue.visited.slice(0, -1));
}

/** Shows a slice of any study. In a queue that came through it, the queue goes on from there. */
export function goToPlace(core: Core, to: SlicePlace): void {
  const { queue } = core.get().now;
  const place = queue ? queue.visited.findIndex(({ sliceId }) => sliceId === to.sliceId) : -1;
  if (queue && place >= 0) move(core, queue, to, queue.visited.slice(0, place));
  else if (to.studyId === core.get().server.study.id) goToSlice(core, to.sliceId);
  else core.ports.page.go(sliceHref(to));
}

function move(core: Core, queue: Queue, to: SlicePlace, visited: readonly SlicePlace[]) {
  const { page } = core.ports;
  page.rememberHere(
    storageKey,
    JSON.stringify({ at: to.sliceId, visited: visited.slice(-mostVisited) } satisfies Kept),
  );
  if (to.studyId !== core.get().server.study.id) return page.go(sliceHref(to, queue.filter));
  goToSlice(core, to.sliceId);
  core.put("now", { queue: { ...queue, at: to, visited, place: null } });
  void findPlace(core);
}

/** What this window keeps of the queue from one study to the next. */
interface Kept {
  at: string;
  visited: readonly SlicePlace[];
}

function visitedBefore({ ports }: Core, sliceId: string): readonly SlicePlace[] {
  try {
    const kept = JSON.parse(ports.page.recallHere(storageKey) ?? "null") as Kept | null;
    // Who comes from the list starts a new queue.
    return kept?.at === sliceId && Array.isArray(kept.visited) ? kept.visited : [];
  } catch {
    return [];
  }
}
