import { type OpenedQueue, type QueueFilter, queueQuery, sliceHref } from "@/app/_ui/queue-href";
import type { QueuePlace } from "@/lib/features/flags/schema";
import type { SlicePlace } from "@/lib/records/slice-place";
import type { Core } from "../core";
import { goToSlice } from "../place";
import { currentSlice } from "../selectors";
import type { Queue } from "./queue";

const storageKey = "sulcus.queue";
/** More are not gone back to. */
const mostVisited = 500;

/**
 * Starts a queue with the slice at hand. Unless the reader comes from the list (`isNew`), it goes on where this window
 * left it: also after a reload while another slice of the study was on the screen, and after the browser's Back.
 */
export function openQueue(core: Core, { filter, isNew }: OpenedQueue): void {
  const { id: sliceId, position } = currentSlice(core.get());
  const { id: studyId } = core.get().server.study;
  const atHand = { at: { studyId, sliceId, position }, visited: [] };
  const { at, visited } = (isNew ? null : resumed(core, filter, atHand.at)) ?? atHand;
  keep(core, { filter, at, visited });
  core.put("now", { queue: { filter, at, visited, place: null } });
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
    const now = core.get().now.queue;
    // The reader has left the room or gone on meanwhile.
    if (core.isClosed || now?.at.sliceId !== queue.at.sliceId) return;
    core.put("now", { queue: { ...now, place } });
    if (!place.next) return say(endWords(place));
    say(null);
    move(core, now, place.next, [...now.visited, now.at]);
  } catch (error) {
    say(error instanceof Error ? error.message : "The server could not be reached.");
  }
}

function endWords({ isFlagged, before }: QueuePlace): string {
  if (isFlagged && before === 0) return "This is the last slice of the queue. It is still flagged.";
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
  else core.ports.page.go(sliceHref(to, queue?.filter));
}

function move(core: Core, queue: Queue, to: SlicePlace, visited: readonly SlicePlace[]) {
  keep(core, { filter: queue.filter, at: to, visited });
  if (to.studyId !== core.get().server.study.id) return core.ports.page.go(sliceHref(to, queue.filter));
  goToSlice(core, to.sliceId);
  core.put("now", { queue: { ...queue, at: to, visited, place: null } });
  void findPlace(core);
}

/** What this window keeps of the queue from one study to the next. */
type Kept = Pick<Queue, "filter" | "at" | "visited">;

function keep({ ports }: Core, { filter, at, visited }: Kept) {
  ports.page.rememberHere(
    storageKey,
    JSON.stringify({ filter, at, visited: visited.slice(-mostVisited) } satisfies Kept),
  );
}

/** Where this window left the queue, if that was in this study, or at a slice of it that the reader came through. */
function resumed(
  { ports }: Core,
  filter: QueueFilter,
  atHand: SlicePlace,
): Pick<Kept, "at" | "visited"> | null {
  try {
    const kept = JSON.parse(ports.page.recallHere(storageKey) ?? "null") as Kept | null;
    if (!kept || JSON.stringify(queueQuery(kept.filter)) !== JSON.stringify(queueQuery(filter))) return null;
    if (kept.at.studyId === atHand.studyId) return kept;
    const before = kept.visited.findIndex(({ sliceId }) => sliceId === atHand.sliceId);
    return before < 0 ? null : { at: kept.visited[before]!, visited: kept.visited.slice(0, before) };
  } catch {
    // Written by an earlier version of this page.
    return null;
  }
}
