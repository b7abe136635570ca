import type { StrokeTool } from "@/lib/features/labels/schema";
import { maskArea } from "@/lib/science/imaging/mask-area";
import { applyChange, maskChange } from "@/lib/science/imaging/mask-change";
import type { Grid } from "@/lib/science/imaging/mask-editing/grid";
import { maskPathOf } from "../masks/mask-path";
import {
  beginDraft,
  type Draft,
  type DraftBase,
  maskOfDraft,
  type Stroke,
  steppedBy,
  strokeToRedo,
  strokeToUndo,
  withStroke,
} from "./draft";
import type { DraftPlace, DraftSync } from "./draft-sync";
import type { Journal } from "./journal";
import type { RecoveredDraft } from "./recover-drafts";

/** The drawing on one slice as it is on the screen. A new object with each change. */
export interface Drawing {
  draft: Draft;
  /** `[rows, columns]`, 0 or 1, also with the stroke under way. Not to be changed. */
  mask: Uint8Array;
  /** Outline of `mask` as SVG path data. */
  path: string;
  /** Tumor pixels of `mask`. */
  areaPixels: number;
  /** Where the latest stroke is kept. */
  place: DraftPlace;
  /** Why the server does not take it; with `place: "refused"`. */
  message: string | null;
  /** False where this browser keeps no journal: then the server alone has the strokes. */
  journalled: boolean;
  /** When strokes of an earlier visit came back, until the next stroke; milliseconds since 1970. */
  recoveredFrom: number | null;
}

/** What a slice's drawing begins on. */
export interface DrawingBase extends Grid {
  sliceId: string;
  basedOn: number;
  baseLabelId: string | null;
}

/** A stroke under way: change `mask`, then call `painted`; `end` keeps it, `cancel` takes it back. */
export interface OpenStroke {
  mask: Uint8Array;
  painted(): void;
  end(): void;
  cancel(): void;
}

interface Session {
  base: DrawingBase;
  draft: Draft | null;
  mask: Uint8Array;
  stroke: OpenStroke | null;
  recoveredFrom: number | null;
}

interface Options {
  studyId: string;
  journal: Pick<Journal<never>, "putDraft" | "removeDraft">;
  sync: Pick<DraftSync, "changed" | "forget">;
  /** Mask of a label, `[rows, columns]`; rejects with a sentence for the reader. */
  loadMask(labelId: string, grid: Grid): Promise<Uint8Array>;
  newId(): string;
  now(): number;
  /** Runs work before the next picture is drawn. */
  nextFrame(work: () => void): void;
}

/** While a stroke is under way, the journal gets it this often: a killed page loses no more than that. */
const openStrokeEveryMs = 200;

/**
 * The drawings of one reader on the slices of a study. Each stroke goes to the journal when it ends and, while it is
 * under way, every 200 ms; from there `sync` takes it to the server.
 */
export function createDrawingStore(options: Options) {
  const { studyId, journal, sync, loadMask, newId, now, nextFrame } = options;
  const sessions = new Map<string, Session>();
  /** Drafts that came back and whose mask is not on the screen yet. */
  const recovered = new Map<string, Draft>();
  const drawings = new Map<string, Drawing>();
  /** The same without the stroke under way, so that only the picture follows the pen. */
  const settled = new Map<string, Drawing>();
  const places = new Map<string, { place: DraftPlace; message: string | null }>();
  const listeners = new Set<() => void>();
  let journalled = true;
  let unsaved: readonly Draft[] = [];
  let frameAsked = false;
  const dirty = new Set<string>();

  /** Makes what is shown of a slice anew, at once. */
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
    const drafts = [...recovered.values(), ...[...sessions.values()].flatMap(({ draft }) => draft ?? [])];
    const standing = drafts.filter(({ done }) => done > 0);
    const same =
      standing.length === unsaved.length && standing.every(({ id }, index) => id === unsaved[index]!.id);
    if (!same) unsaved = standing;
    for (const listener of [...listeners]) listener();
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

  function keep(draft: Draft) {
    journal.putDraft(draft).then(
      () => {
        journalled = true;
      },
      () => {
        if (!journalled) return;
        journalled = false;
        show(draft.sliceId);
      },
    );
  }

  function change(session: Session, draft: Draft) {
    session.draft = draft;
    session.recoveredFrom = null;
    keep(draft);
    sync.changed(draft, now());
    show(draft.sliceId);
  }

  function draftOf(session: Session): Draft {
    const { sliceId, basedOn, baseLabelId } = session.base;
    const base: DraftBase = { id: newId(), sliceId, studyId, basedOn, baseLabelId };
    return session.draft ?? beginDraft(base, now());
  }

  /** Null where the slice is not ready or another stroke is under way. */
  function beginStroke(sliceId: string, tool: StrokeTool): OpenStroke | null {
    const session = sessions.get(sliceId);
    if (!session || session.stroke) return null;
    const before = session.mask.slice();
    const draft = draftOf(session);
    const strokeSoFar = (): Stroke => ({ tool, change: maskChange(before, session.mask) });
    let keptAt = now();
    const stroke: OpenStroke = {
      mask: session.mask,
      painted() {
        session.draft ??= draft;
        showSoon(sliceId);
        if (now() - keptAt < openStrokeEveryMs) return;
        keptAt = now();
        keep(withStroke(draft, strokeSoFar(), keptAt));
      },
      end() {
        if (session.stroke !== stroke) return;
        session.stroke = null;
        const ended = strokeSoFar();
        if (ended.change.length > 0) change(session, withStroke(draft, ended, now()));
        else stroke.cancel();
      },
      cancel() {
        session.stroke = null;
        session.mask.set(before);
        if (draft.revision > 0) {
          session.draft = draft;
          keep(draft);
        } else {
          session.draft = null;
          journal.removeDraft(sliceId).catch(() => {});
        }
        show(sliceId);
      },
    };
    session.stroke = stroke;
    return stroke;
  }

  function step(sliceId: string, by: 1 | -1): StrokeTool | null {
    const session = sessions.get(sliceId);
    if (!session?.draft || session.stroke) return null;
    const stroke = by < 0 ? strokeToUndo(session.draft) : strokeToRedo(session.draft);
    if (!stroke) return null;
    applyChange(session.mask, stroke.change);
    change(session, steppedBy(session.draft, by, now()));
    return stroke.tool;
  }

  return {
    subscribe(listener: () => void): () => void {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    /** Null while nothing was drawn on the slice, or its drawing is not ready. */
    drawingOf: (sliceId: string): Drawing | null => drawings.get(sliceId) ?? null,
    /** The same, but unchanged while a stroke is under way. */
    settledOf: (sliceId: string): Drawing | null => settled.get(sliceId) ?? null,
    /** The draft of a slice, also one whose strokes were all undone or whose mask is not loaded; null without one. */
    draftIdOf: (sliceId: string): string | null =>
      (recovered.get(sliceId) ?? sessions.get(sliceId)?.draft)?.id ?? null,
    /** Drafts with strokes that stand: what would be lost if it were not kept. The same array until that changes. */
    unsaved: (): readonly Draft[] => unsaved,
    /** True once strokes can be made. */
    isReady: (sliceId: string): boolean => sessions.has(sliceId),

    /**
     * Makes a slice ready to be drawn on: its drawing begins on `base`, or goes on where a draft of it came back. A
     * newer base takes the place of one that nothing was drawn on. Rejects with a sentence for the reader.
     */
    async prepare(base: DrawingBase): Promise<void> {
      const { sliceId, rows, columns } = base;
      const before = sessions.get(sliceId);
      const draft = recovered.get(sliceId) ?? before?.draft ?? null;
      const baseLabelId = draft ? draft.baseLabelId : base.baseLabelId;
      const known = before && !recovered.has(sliceId) && before.base.baseLabelId === baseLabelId;
      if (known) {
        if (!draft && !before.stroke) before.base = base;
        return;
      }
      const start = baseLabelId ? await loadMask(baseLabelId, base) : new Uint8Array(rows * columns);
      // Meanwhile the reader may have begun to draw, or strokes may have come back.
      if (sessions.get(sliceId) !== before || before?.stroke) return;
      if ((recovered.get(sliceId) ?? before?.draft ?? null) !== draft) return;
      recovered.delete(sliceId);
      sessions.set(sliceId, {
        base: draft ? { ...base, basedOn: draft.basedOn, baseLabelId } : base,
        draft,
        mask: draft ? maskOfDraft(draft, start) : start.slice(),
        stroke: null,
        recoveredFrom: draft ? draft.changedAt : null,
      });
      show(sliceId);
    },

    /** Takes in drafts that came back from an earlier visit or another machine. */
    recover(found: readonly RecoveredDraft[]): void {
      for (const { draft, onServer } of found) {
        const session = sessions.get(draft.sliceId);
        // What is being drawn now is not thrown over.
        if (session?.draft && session.draft.id !== draft.id) continue;
        if (session?.draft && session.draft.revision >= draft.revision) continue;
        sessions.delete(draft.sliceId);
        recovered.set(draft.sliceId, draft);
        if (onServer) places.set(draft.sliceId, { place: "server", message: null });
        else sync.changed(draft, now());
        show(draft.sliceId);
      }
    },

    /** Takes another copy of the drawing in the place of the one at hand, e.g. the one drawn elsewhere. */
    replace(draft: Draft): void {
      sessions.delete(draft.sliceId);
      recovered.set(draft.sliceId, draft);
      keep(draft);
      show(draft.sliceId);
    },

    beginStroke,

    /** One stroke at once; false where it changes nothing or the slice is not ready. */
    edit(sliceId: string, tool: StrokeTool, work: (mask: Uint8Array) => void): boolean {
      const stroke = beginStroke(sliceId, tool);
      if (!stroke) return false;
      const revision = drawings.get(sliceId)?.draft.revision ?? 0;
      work(stroke.mask);
      stroke.end();
      return (drawings.get(sliceId)?.draft.revision ?? 0) > revision;
    },
    /** What was undone, or null. */
    undo: (sliceId: string) => step(sliceId, -1),
    redo: (sliceId: string) => step(sliceId, 1),

    /** The latest stroke is kept at this place now. */
    notePlace(sliceId: string, place: DraftPlace, message: string | null = null): void {
      places.set(sliceId, { place, message });
      show(sliceId);
    },

    /** The drawing has become a label or is given up: nothing of it is kept here. Ends when no request carries it. */
    async forget(sliceId: string): Promise<void> {
      const requests = sync.forget(sliceId);
      sessions.delete(sliceId);
      recovered.delete(sliceId);
      places.delete(sliceId);
      show(sliceId);
      await journal.removeDraft(sliceId).catch(() => {});
      await requests;
    },
  };
}
export type DrawingStore = ReturnType<typeof createDrawingStore>;
