import { vi } from "vitest";
import type { Draft } from "@/app/(workspace)/reading-room/room/drawing/draft";
import { createDrawingStore } from "@/app/(workspace)/reading-room/room/drawing/drawing-store";
import { mostStrokeCharacters, mostStrokes } from "@/lib/features/labels/schema";

/** A journal in memory that keeps copies as a browser's does, and can fail. */
export function fakeJournal() {
  const drafts = new Map<string, Draft>();
  const journal = {
    drafts,
    fails: false,
    puts: 0,
    async putDraft(draft: Draft) {
      const copy = structuredClone(draft);
      if (journal.fails) throw new Error("the disk is full");
      journal.puts++;
      drafts.set(draft.sliceId, copy);
    },
    async removeDraft(sliceId: string, draftId: string) {
      if (drafts.get(sliceId)?.id === draftId) drafts.delete(sliceId);
    },
  };
  return journal;
}

/** A store on fakes. Labels are known by their id; `frame` draws the next picture. */
export function fakeRoom(labels: Record<string, Uint8Array> = {}, journal = fakeJournal()) {
  const frames: (() => void)[] = [];
  const clock = { now: 1_000_000 };
  let ids = 0;
  const sync = {
    changed: vi.fn((_draft: Draft, _now: number, _replaces?: string) => {}),
    serverHas: vi.fn((_draftId: string, _revisions: readonly number[]) => {}),
    forget: vi.fn(async (_sliceId: string) => {}),
  };
  const loadMask = vi.fn(async (labelId: string) => {
    const mask = labels[labelId];
    if (!mask) throw new Error("A mask of this slice could not be loaded.");
    return mask;
  });
  const store = createDrawingStore({
    studyId: "study",
    limits: { mostStrokes, mostStrokeCharacters },
    journal,
    sync,
    loadMask,
    newId: () => `draft-${++ids}-${journal.puts}`,
    now: () => clock.now,
    nextFrame: (work) => frames.push(work),
  });
  return { store, journal, sync, loadMask, clock, frame: () => frames.splice(0).map((work) => work()) };
}

/** A slice of 2 x 3 pixels. */
export const base = { sliceId: "s", rows: 2, columns: 3, basedOn: 0, baseLabelId: null as string | null };

/** Sets pixels of a mask. */
export const paint =
  (value: 0 | 1, ...pixels: number[]) =>
  (mask: Uint8Array) => {
    for (const pixel of pixels) mask[pixel] = value;
  };
