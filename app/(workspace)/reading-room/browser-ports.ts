import {
  type QueryClient,
  type QueryKey,
  QueryObserver,
  type QueryObserverOptions,
} from "@tanstack/react-query";
import { LRUCache } from "lru-cache";
import type { useRouter } from "next/navigation";
import { watchChanges } from "@/app/_client/changes";
import { randomId } from "@/app/_client/random-id";
import { postJson, Refused } from "@/app/_client/request";
import type { HeatmapRequest } from "@/lib/features/predictions/heatmap-schema";
import type { LabelView } from "@/lib/records/label-view";
import {
  draftsQuery,
  heatmapQuery,
  jobOf,
  nextQuery,
  postLabel,
  postUndo,
  readLabels,
  readMyDecisions,
  readQueuePlace,
  studyQuery,
} from "./queries";
import { ownsKeys } from "./room/commands/press";
import { removeDraft, sendDraft } from "./room/drawing/send-draft";
import type { Heatmap } from "./room/heatmap";
import { openJournal } from "./room/journal";
import { maskPath, maskPixels } from "./room/masks/slice-masks";
import { slicePixels } from "./room/picture/slice-pixels";
import type { Page, Ports, Server, Watched, Watcher } from "./room/ports";
import type { Told } from "./room/told";

interface Options {
  userId: string;
  /** Of the open study. */
  sliceIds: ReadonlySet<string>;
  client: QueryClient;
  router: Pick<ReturnType<typeof useRouter>, "push" | "prefetch">;
}

/** The room's ports in a browser: what is read is kept by the query client, what is written goes to routes. */
export function browserPorts({ userId, sliceIds, client, router }: Options): Ports {
  return {
    server: serverPort(client, sliceIds),
    page: pagePort(router),
    journal: openJournal(userId),
    ownLabels,
    newId: randomId,
    now: () => Date.now(),
    elapsed: () => performance.now(),
  };
}

/** Of this window, until its page is loaded again. */
const ownLabels = new LRUCache<string, LabelView>({ max: 1000 });

function serverPort(client: QueryClient, sliceIds: ReadonlySet<string>): Server {
  return {
    watchStudy: (asOpened, watcher) => watchQuery(client, studyQuery(asOpened.id, sliceIds), watcher),
    watchDrafts: (studyId, watcher) => watchQuery(client, draftsQuery(studyId, sliceIds), watcher),
    labels: (sliceId) => readLabels(client, sliceId),
    next: (among, sliceId) => client.fetchQuery(nextQuery(among, sliceId)),
    queuePlace: readQueuePlace,
    saveLabel: ({ sliceId, ...label }) => postLabel(`/api/slices/${sliceId}/labels`, label),
    myDecisions: readMyDecisions,
    undoDecision: postUndo,
    sendDraft,
    removeDraft,
    requestHeatmap: (sliceId) => postJson<HeatmapRequest>(`/api/slices/${sliceId}/heatmap`),
    heatmapAtHand: (sliceId, modelId) =>
      client.getQueryData<Heatmap>(heatmapQuery(sliceId, modelId).queryKey) ?? null,
    heatmap: (sliceId, modelId) => client.fetchQuery<Heatmap | null>(heatmapQuery(sliceId, modelId)),
    job: jobOf,
    mask: maskPixels,
    maskPath,
    fetchPicture: slicePixels,
    onChange: (listener) => watchChanges((change) => listener(change)),
  };
}

/** Tells of each answer that is younger than the watching, and reads again when the server tells of a change. */
function watchQuery<Value>(
  client: QueryClient,
  query: { queryKey: QueryKey } & QueryObserverOptions<Value>,
  { told, refused }: Watcher<Value>,
): Watched<Value> {
  const since = Date.now();
  // Nothing is read before it is asked for: the page came with what it shows.
  let asked = false;
  const observer = new QueryObserver<Value>(client, {
    ...query,
    refetchOnMount: false,
    enabled: () => asked,
  });
  let last: unknown;
  const stop = observer.subscribe(({ data, error, dataUpdatedAt, errorUpdatedAt }) => {
    if (error && errorUpdatedAt !== last) {
      last = errorUpdatedAt;
      refused(error instanceof Refused ? error.code : "fault");
    } else if (!error && data !== undefined && dataUpdatedAt >= since && dataUpdatedAt !== last) {
      last = dataUpdatedAt;
      told(data);
    }
  });
  return {
    async again() {
      asked = true;
      const { data, isError } = await observer.refetch();
      return isError ? null : (data ?? null);
    },
    stop,
  };
}

/** What one study leaves word of for the next one in this window; forgotten soon: it is about what was just done. */
let handedOver: { told: Told; at: number } | null = null;
const handOverMs = 10_000;

const partsInOrder = ["tools", "pictures", "decision", "strip"];
const focusable =
  "button:not([tabindex='-1']), a[href]:not([tabindex='-1']), input, select, textarea, [tabindex='0']";

/** Gives the focus to a part of the room: to itself where it takes it, else to what it has first. */
function focusPart(part: string): boolean {
  const node = document.querySelector<HTMLElement>(`[data-room-part="${part}"]`);
  const target = node?.matches(focusable) ? node : node?.querySelector<HTMLElement>(focusable);
  target?.focus({ preventScroll: true });
  return target != null && document.activeElement === target;
}

function focusBeside(by: 1 | -1): void {
  const here = partsInOrder.findIndex(
    (part) => document.activeElement?.closest(`[data-room-part="${part}"]`) != null,
  );
  const count = partsInOrder.length;
  // From outside the room: to the pictures.
  const start = here < 0 ? 1 - by : here;
  for (let step = 1; step <= count; step++)
    if (focusPart(partsInOrder[(start + by * step + count * step) % count]!)) return;
}

function pagePort(router: Options["router"]): Page {
  const on = (target: EventTarget, event: string, run: (event: Event) => void) => {
    target.addEventListener(event, run);
    return () => target.removeEventListener(event, run);
  };
  return {
    isHidden: () => document.hidden,
    onShownOrHidden: (run) => on(document, "visibilitychange", run),
    onLeave: (run) => on(window, "pagehide", run),
    onOnline: (run) => on(window, "online", run),
    onKey: (run) =>
      on(document, "keydown", (event) => {
        const pressed = event as KeyboardEvent;
        if (pressed.isComposing) return;
        // Cornerstone prevents the default of every key pressed in a view, so that says nothing here.
        if (ownsKeys(pressed.target, pressed.key) || document.querySelector("dialog[open], [role=dialog]"))
          return;
        const { key, code, ctrlKey, altKey, metaKey, shiftKey, repeat } = pressed;
        run({
          ...{ key, code, ctrlKey, altKey, metaKey, shiftKey, repeat },
          altGraph: pressed.getModifierState("AltGraph"),
          atPictures: document.activeElement?.closest("[data-room-keys]") != null,
          preventDefault: () => pressed.preventDefault(),
        });
      }),
    focus: (part) => (typeof part === "number" ? focusBeside(part) : focusPart(part)),
    nextFrame(work) {
      const frame = requestAnimationFrame(work);
      return () => cancelAnimationFrame(frame);
    },
    whenIdle(work) {
      // Safari has no idle callbacks.
      if (typeof requestIdleCallback === "undefined") {
        const timer = setTimeout(work, 200);
        return () => clearTimeout(timer);
      }
      const callback = requestIdleCallback(work);
      return () => cancelIdleCallback(callback);
    },
    go: (href) => router.push(href),
    prefetch: (href) => router.prefetch(href),
    showInAddress(position) {
      const url = new URL(window.location.href);
      const isNew = url.searchParams.has("start");
      if (url.searchParams.get("slice") === String(position) && !isNew) return;
      url.searchParams.set("slice", String(position));
      // From here on a reload goes on with the queue.
      url.searchParams.delete("start");
      window.history.replaceState(null, "", url);
    },
    handOver(told) {
      handedOver = { told, at: Date.now() };
    },
    takeOver() {
      const word = handedOver;
      handedOver = null;
      return word && Date.now() - word.at < handOverMs ? word.told : null;
    },
    recall: (key) => recallFrom(() => localStorage, key),
    remember: (key, value) => rememberIn(() => localStorage, key, value),
    recallHere: (key) => recallFrom(() => sessionStorage, key),
    rememberHere: (key, value) => rememberIn(() => sessionStorage, key, value),
  };
}

/** Where a browser keeps nothing, asking for its storage throws. */
function recallFrom(storage: () => Storage, key: string): string | null {
  try {
    return storage().getItem(key);
  } catch {
    return null;
  }
}

function rememberIn(storage: () => Storage, key: string, value: string): void {
  try {
    storage().setItem(key, value);
  } catch {
    // A browser that keeps nothing begins with the defaults next time.
  }
}
