import { maskArea } from "@/lib/science/imaging/mask-area";
import { maskPathOf } from "../masks/mask-path";
import type { Draft } from "./draft";
import type { DraftPlace } from "./draft-sync";
import type { Drawing, Session } from "./drawing";

interface Options {
  sessions: ReadonlyMap<string, Session>;
  /** Drafts that came back and whose mask is not on the screen yet. */
  recovered: ReadonlyMap<string, Draft>;
  /** Runs work before the next picture is drawn. */
  nextFrame(work: () => void): void;
}

/** What is shown of a reader's drawings, made again with each change, and who wants to know of it. */
export function createShownDrawings({ sessions, recovered, nextFrame }: Options) {
  const drawings = new Map<string, Drawing>();
  /** The same without the stroke under way, so that only the picture follows the pen. */
  const settled = new Map<string, Drawing>();
  const places = new Map<string, { place: DraftPlace; message: string | null }>();
  const listeners = new Set<() => void>();
  const dirty = new Set<string>();
  let journalled = true;
  let unsaved: readonly Draft[] = [];
  let frameAsked = false;

  /** Makes what is shown of a slice again, at once. */
  function show(sliceId: string) {
    const session = sessions.get(sliceId);
    if (!session?.draft) {
      drawings.delete(sliceId);
      settled.delete(sliceId);
    } else {
      const { draft, mask, base, recoveredFrom } = session;
      const drawing: Drawing = {
        draft,
        mask,
        path: maskPathOf(mask, base.rows, base.columns),
        areaPixels: maskArea(mask),
        place: "here",
        message: null,
        ...places.get(sliceId),
        journalled,
        recoveredFrom,
      };
      drawings.set(sliceId, drawing);
      if (!session.stroke) settled.set(sliceId, drawing);
    }
    noteUnsaved();
    for (const listener of [...listeners]) listener();
  }

  function noteUnsaved() {
    const drafts = [...recovered.values(), ...[...sessions.values()].flatMap(({ draft }) => draft ?? [])];
    const standing = drafts.filter(({ done }) => done > 0);
    const same =
      standing.length === unsaved.length && standing.every(({ id }, index) => id === unsaved[index]!.id);
    if (!same) unsaved = standing;
  }

  function showSoon(sliceId: string) {
    dirty.add(sliceId);
    if (frameAsked) return;
    frameAsked = true;
    nextFrame(() => {
      frameAsked = false;
      for (const one of dirty) show(one);
      dirty.clear();
    });
  }

  return {
    show,
    /** Before the next picture is drawn. */
    showSoon,
    subscribe(listener: () => void): () => void {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    drawingOf: (sliceId: string): Drawing | null => drawings.get(sliceId) ?? null,
    settledOf: (sliceId: string): Drawing | null => settled.get(sliceId) ?? null,
    unsaved: (): readonly Draft[] => unsaved,
    notePlace(sliceId: string, place: DraftPlace, message: string | null): void {
      places.set(sliceId, { place, message });
    },
    forgetPlace: (sliceId: string): unknown => places.delete(sliceId),
    /** Whether the browser took the latest change into its journal. */
    noteJournalled(sliceId: string, now: boolean): void {
      if (journalled === now) return;
      journalled = now;
      show(sliceId);
    },
  };
}
