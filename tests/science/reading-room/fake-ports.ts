import { vi } from "vitest";
import type { OpenedQueue } from "@/app/_ui/queue-href";
import type { Draft } from "@/app/(workspace)/reading-room/room/drawing/draft";
import type { Journal } from "@/app/(workspace)/reading-room/room/journal";
import type {
  KeyPress,
  Page,
  Ports,
  Server,
  Watched,
  Watcher,
} from "@/app/(workspace)/reading-room/room/ports";
import { createRoom } from "@/app/(workspace)/reading-room/room/room";
import type { Save, Words } from "@/app/(workspace)/reading-room/room/saves/save";
import { mostStrokeCharacters, mostStrokes, type StudyDrafts } from "@/lib/features/labels/schema";
import type { StudyView } from "@/lib/features/studies/schema";
import type { LabelView } from "@/lib/records/label-view";
import { study as anyStudy, label } from "./fake-study";

/** A browser's journal, on which one room after another may be opened. */
export function fakeJournal() {
  const drafts = new Map<string, Draft>();
  const saves = new Map<string, unknown>();
  const words = new Map<string, Words>();
  const journal: Journal = {
    putDraft: async (draft) => void drafts.set(draft.sliceId, structuredClone(draft)),
    async removeDraft(sliceId, draftId) {
      if (drafts.get(sliceId)?.id === draftId) drafts.delete(sliceId);
    },
    draftsOf: async () => [...drafts.values()],
    putSave: async (sliceId, _studyId, save: Save) => void saves.set(sliceId, structuredClone(save)),
    removeSave: async (sliceId) => void saves.delete(sliceId),
    savesOf: async () => [...saves.values()],
    putWords: async (sliceId, _studyId, said) => void words.set(sliceId, structuredClone(said)),
    removeWords: async (sliceId) => void words.delete(sliceId),
    wordsOf: async () => new Map(words),
  };
  return { ...journal, drafts, saves, words };
}

const limits = { mostStrokes, mostStrokeCharacters };
const never = () => new Promise<never>(() => {});

/** A server that answers nothing by itself, and takes every save as the next version. */
export function fakeServer(part: Partial<Server> = {}) {
  const watchers: { study?: Watcher<StudyView>; drafts?: Watcher<StudyDrafts> } = {};
  const watched = { again: never, stop: () => {} };
  const server = {
    watchStudy: vi.fn((_study: StudyView, watcher: Watcher<StudyView>): Watched<StudyView> => {
      watchers.study = watcher;
      return watched;
    }),
    watchDrafts: vi.fn((_id: string, watcher: Watcher<StudyDrafts>): Watched<StudyDrafts> => {
      watchers.drafts = watcher;
      return watched;
    }),
    labels: vi.fn<Server["labels"]>(never),
    next: vi.fn<Server["next"]>(never),
    queuePlace: vi.fn<Server["queuePlace"]>(never),
    saveLabel: vi.fn<Server["saveLabel"]>(async ({ basedOn, labelClass }) =>
      label(basedOn + 1, { labelClass }),
    ),
    myDecisions: vi.fn<Server["myDecisions"]>(never),
    undoDecision: vi.fn<Server["undoDecision"]>(never),
    sendDraft: vi.fn<Server["sendDraft"]>(async ({ revision }) => ({ kind: "kept", revision })),
    removeDraft: vi.fn<Server["removeDraft"]>(async () => {}),
    requestHeatmap: vi.fn<Server["requestHeatmap"]>(never),
    heatmapAtHand: () => null,
    heatmap: vi.fn<Server["heatmap"]>(never),
    job: vi.fn<Server["job"]>(never),
    mask: vi.fn<Server["mask"]>(async (_url, rows, columns) => new Uint8Array(rows * columns)),
    maskPath: vi.fn<Server["maskPath"]>(async () => ""),
    fetchPicture: vi.fn<Server["fetchPicture"]>(never),
    onChange: () => () => {},
  } satisfies Server;
  for (const [name, given] of Object.entries(part)) Object.assign(server, { [name]: vi.fn(given) });
  return { server, watchers };
}

export function fakePage(here = new Map<string, string>()) {
  const remembered = new Map<string, string>();
  const online = new Set<() => void>();
  let key: (press: KeyPress) => void = () => {};
  const page: Page = {
    isHidden: () => false,
    onShownOrHidden: () => () => {},
    onLeave: () => () => {},
    onOnline(run) {
      online.add(run);
      return () => online.delete(run);
    },
    onKey(run) {
      key = run;
      return () => {
        key = () => {};
      };
    },
    focus: vi.fn(),
    nextFrame(work) {
      const timer = setTimeout(() => work(performance.now()), 16);
      return () => clearTimeout(timer);
    },
    whenIdle: () => () => {},
    go: vi.fn(),
    prefetch: vi.fn(),
    showInAddress: vi.fn(),
    handOver: vi.fn(),
    takeOver: () => null,
    recall: (name) => remembered.get(name) ?? null,
    remember: (name, value) => void remembered.set(name, value),
    recallHere: (name) => here.get(name) ?? null,
    rememberHere: (name, value) => void here.set(name, value),
  };
  const press = (name: string, held: Partial<KeyPress> = {}) =>
    key({
      key: name,
      code: "",
      altGraph: false,
      atPictures: true,
      ctrlKey: false,
      altKey: false,
      metaKey: false,
      shiftKey: false,
      repeat: false,
      preventDefault: () => {},
      ...held,
    });
  return { page, press, comeOnline: () => [...online].map((run) => run()) };
}

interface Options {
  study?: StudyView;
  index?: number;
  journal?: ReturnType<typeof fakeJournal>;
  server?: Partial<Server>;
  mayLabel?: boolean;
  queue?: OpenedQueue;
  ownLabels?: Map<string, LabelView>;
  /** What the window keeps. */
  here?: Map<string, string>;
}

/** A room on fakes, opened, with its slice on the screen. Needs fake timers. */
export async function openRoom({ study = anyStudy(), index = 0, mayLabel = true, ...given }: Options = {}) {
  const journal = given.journal ?? fakeJournal();
  const { server, watchers } = fakeServer(given.server);
  const { page, press, comeOnline } = fakePage(given.here);
  let ids = 0;
  const ports: Ports = {
    server,
    page,
    journal,
    ownLabels: given.ownLabels ?? new Map(),
    newId: () => `id-${++ids}-${journal.drafts.size}`,
    now: () => Date.now(),
    elapsed: () => performance.now(),
  };
  const actor = { id: "reader", mayLabel };
  const room = createRoom({ study, index, actor, queue: given.queue ?? null, limits, ports });
  const close = room.open();
  await settle();
  const show = (at = room.get().view.index) => room.run("note-shown", { view: 1, index: at });
  show();
  /** Goes to a slice and lets its picture come. */
  const goTo = async (at: number) => {
    room.run("go-to", at);
    await settle();
    show(at);
  };
  return { room, server, watchers, page, press, comeOnline, journal, close, show, goTo };
}

export type Opened = Awaited<ReturnType<typeof openRoom>>;

/** Draws on the slice at hand. */
export const draw = ({ room }: Opened, ...pixels: number[]) => {
  const { id } = room.get().server.study.slices[room.get().view.index]!;
  return room.drawings.edit(id, "brush", (mask) => {
    for (const pixel of pixels) mask[pixel] = 1;
  });
};

/** Lets promises settle. */
export const settle = () => vi.advanceTimersByTimeAsync(0);
