import type { StrokeTool } from "@/lib/features/labels/schema";
import { applyChange } from "@/lib/science/imaging/mask-change";
import type { Grid } from "@/lib/science/imaging/mask-editing/grid";
import type { Journal } from "../journal";
import { beginDraft, type Draft, maskOfDraft, type Stroke, steppedBy, strokeOfStep } from "./draft";
import type { DraftPlace, DraftSync } from "./draft-sync";
import type { DrawingBase, OpenStroke, Session } from "./drawing";
import { type DraftLimits, withinLimits } from "./merge-strokes";
import { openStroke } from "./open-stroke";
import type { RecoveredDraft } from "./recover-drafts";
import { createShownDrawings } from "./shown-drawings";
import { type SteppedAct, stepAct } from "./step-act";

interface Options {
  studyId: string;
  limits: DraftLimits;
  journal: Pick<Journal, "putDraft" | "removeDraft">;
  sync: Pick<DraftSync, "changed" | "forget" | "serverHas">;
  /** Mask of a label, `[rows, columns]`; rejects with a sentence for the reader. */
  loadMask(labelId: string, grid: Grid): Promise<Uint8Array>;
  newId(): string;
  now(): number;
  /** Runs work before the next picture is drawn. */
  nextFrame(work: () => void): void;
}

/** What is known of a stroke beside its tool and pixels. */
type Made = Pick<Stroke, "act" | "from">;

/**
 * The drawings of one reader on the slices of a study. Each stroke goes to the journal when it ends and, while it is
 * under way, every 200 ms; from there `sync` takes it to the server.
 */
export function createDrawingStore(options: Options) {
  const { studyId, limits, journal, sync, loadMask, newId, now, nextFrame } = options;
  const sessions = new Map<string, Session>();
  const recovered = new Map<string, Draft>();
  const shown = createShownDrawings({ sessions, recovered, nextFrame });
  const { show } = shown;
  /** The base that a slice was last asked to be prepared on: an answer to an earlier asking comes to nothing. */
  const wanted = new Map<string, DrawingBase>();
  /** Slices with a decision on its way to the server, and the draft that it takes along. */
  const decisions = new Map<string, string>();
  /** Drafts that became labels or were given up: a late answer does not bring them back. */
  const ended = new Set<string>();

  /** The draft of a slice as it is now, also one that a first stroke is just beginning. */
  const draftAtHand = (sliceId: string): Draft | null => {
    const session = sessions.get(sliceId);
    return recovered.get(sliceId) ?? session?.begun ?? session?.draft ?? null;
  };

  function keep(draft: Draft) {
    journal.putDraft(draft).then(
      () => shown.noteJournalled(draft.sliceId, true),
      () => shown.noteJournalled(draft.sliceId, false),
    );
  }

  function change(session: Session, draft: Draft) {
    session.draft = withinLimits(draft, session.mask.length, limits);
    session.touched = true;
    session.recoveredFrom = null;
    keep(session.draft);
    sync.changed(session.draft, now());
    show(draft.sliceId);
  }

  function draftOf({ base, draft }: Session): Draft {
    const { sliceId, basedOn, baseLabelId } = base;
    return draft ?? beginDraft({ id: newId(), sliceId, studyId, basedOn, baseLabelId }, now());
  }

  /** Null where the slice is not ready or another stroke is under way. */
  function beginStroke(sliceId: string, tool: StrokeTool, made: Made = {}): OpenStroke | null {
    const session = sessions.get(sliceId);
    if (!session || session.stroke) return null;
    session.begun = draftOf(session);
    session.stroke = openStroke(
      session,
      { tool, ...made },
      {
        isCurrent: () => sessions.get(sliceId) === session,
        now,
        keep,
        change: (draft) => change(session, draft),
        drop: (draft) => void journal.removeDraft(sliceId, draft.id).catch(() => {}),
        show: () => show(sliceId),
        showSoon: () => shown.showSoon(sliceId),
      },
    );
    return session.stroke;
  }

  /** False where the slice's next stroke cannot be stepped over now. */
  function stepOne(sliceId: string, by: 1 | -1): boolean {
    const waiting = recovered.get(sliceId);
    if (waiting) {
      // Its mask is made of what stands once it is loaded.
      const draft = steppedBy(waiting, by, now());
      recovered.set(sliceId, draft);
      keep(draft);
      sync.changed(draft, now());
      show(sliceId);
      return true;
    }
    const session = sessions.get(sliceId);
    const stroke = session?.draft && !session.stroke ? strokeOfStep(session.draft, by) : null;
    if (!session?.draft || !stroke) return false;
    applyChange(session.mask, stroke.change);
    change(session, steppedBy(session.draft, by, now()));
    return true;
  }

  /** The slice's latest act, on every slice where it is the latest. */
  function step(sliceId: string, by: 1 | -1): SteppedAct | null {
    const session = sessions.get(sliceId);
    if (!session?.draft || session.stroke) return null;
    const ids = new Set([...recovered.keys(), ...sessions.keys()]);
    const others = [...ids].flatMap((other) => (other === sliceId ? [] : (draftAtHand(other) ?? [])));
    return stepAct(by, { draft: session.draft, others, stepOne });
  }

  /** Gives the draft at hand, and with it the stroke under way, other properties. */
  function amend(sliceId: string, amendment: Partial<Draft>): Draft | null {
    const before = draftAtHand(sliceId);
    if (!before) return null;
    const draft = { ...before, ...amendment, changedAt: now() };
    const session = sessions.get(sliceId);
    if (recovered.has(sliceId)) recovered.set(sliceId, draft);
    if (session?.begun) session.begun = draft;
    if (session?.draft) session.draft = draft;
    keep(draft);
    show(sliceId);
    return draft;
  }

  /** The drawing is given up: nothing of it is kept here. Ends when no request carries it. */
  async function forget(sliceId: string): Promise<void> {
    const id = draftAtHand(sliceId)?.id;
    const requests = sync.forget(sliceId);
    sessions.delete(sliceId);
    recovered.delete(sliceId);
    shown.forgetPlace(sliceId);
    show(sliceId);
    if (id) ended.add(id);
    if (id) await journal.removeDraft(sliceId, id).catch(() => {});
    await requests;
  }

  return {
    subscribe: shown.subscribe,
    /** Null while nothing was drawn on the slice, or its drawing is not ready. */
    drawingOf: shown.drawingOf,
    /** The same, but unchanged while a stroke is under way. */
    settledOf: shown.settledOf,
    /** Drafts with strokes that stand: what would be lost if it were not kept. The same array until that changes. */
    unsaved: shown.unsaved,
    /** The draft of a slice, also one whose strokes were all undone or whose mask is not loaded; null without one. */
    draftIdOf: (sliceId: string): string | null => draftAtHand(sliceId)?.id ?? null,
    /** True once strokes can be made. */
    isReady: (sliceId: string): boolean => sessions.has(sliceId),
    /** True where a stroke can be made now: the slice is ready and none is under way. */
    mayBegin: (sliceId: string): boolean => sessions.get(sliceId)?.stroke === null,

    /**
     * Makes a slice ready to be drawn on: its drawing begins on `base`, or goes on where a draft of it came back. A
     * newer base takes the place of one that nothing was drawn on. Rejects with a sentence for the reader.
     */
    async prepare(base: DrawingBase): Promise<void> {
      const { sliceId, rows, columns } = base;
      wanted.set(sliceId, base);
      const before = sessions.get(sliceId);
      const draft = draftAtHand(sliceId);
      const baseLabelId = draft ? draft.baseLabelId : base.baseLabelId;
      if (before && !recovered.has(sliceId) && before.base.baseLabelId === baseLabelId) {
        if (!draft) before.base = base;
        return;
      }
      const start = baseLabelId ? await loadMask(baseLabelId, base) : new Uint8Array(rows * columns);
      // Meanwhile another base may be wanted, the reader may have begun to draw, or strokes may have come back.
      if (wanted.get(sliceId) !== base || draftAtHand(sliceId) !== draft) return;
      const mask = draft ? maskOfDraft(draft, start) : start.slice();
      recovered.delete(sliceId);
      sessions.set(sliceId, {
        base: draft ? { ...base, basedOn: draft.basedOn, baseLabelId } : base,
        draft,
        mask,
        stroke: null,
        begun: null,
        touched: false,
        recoveredFrom: draft ? draft.changedAt : null,
      });
      show(sliceId);
    },

    /**
     * Takes in drafts that came back from an earlier visit or another machine; again with what the server knows of
     * them. What is being drawn in this window stays: where it is another drawing, the server will say so.
     */
    recover(found: readonly RecoveredDraft[]): void {
      for (const { draft, onServer, served } of found) {
        const { sliceId } = draft;
        const session = sessions.get(sliceId);
        if (session?.stroke || session?.touched || ended.has(draft.id)) continue;
        const known = draftAtHand(sliceId);
        if (known?.id !== draft.id || known.revision < draft.revision) {
          sessions.delete(sliceId);
          recovered.set(sliceId, draft);
        }
        if (served) sync.serverHas(draft.id, served);
        if (onServer === true) shown.notePlace(sliceId, "server", null);
        if (onServer === false) sync.changed(draft, now());
        show(sliceId);
      }
    },

    /** Takes another copy of the drawing in the place of the one at hand: the one drawn elsewhere, which the server has. */
    replace(draft: Draft): void {
      sessions.delete(draft.sliceId);
      recovered.set(draft.sliceId, draft);
      shown.notePlace(draft.sliceId, "server", null);
      sync.serverHas(draft.id, [draft.revision]);
      keep(draft);
      show(draft.sliceId);
    },

    /** Takes the drawing at hand in the place of the one drawn elsewhere. */
    overrule(there: Pick<Draft, "id" | "sliceId" | "revision">): void {
      const here = draftAtHand(there.sliceId);
      const revision = Math.max(here?.revision ?? 0, there.revision) + 1;
      const draft = amend(there.sliceId, { revision });
      if (!draft) return;
      if (there.id === draft.id) sync.serverHas(draft.id, [there.revision]);
      sync.changed(draft, now(), there.id === draft.id ? undefined : there.id);
    },

    beginStroke,

    /** One stroke at once; false where it changes nothing or none may begin. What `work` throws takes it back. */
    edit(sliceId: string, tool: StrokeTool, work: (mask: Uint8Array) => void, made: Made = {}): boolean {
      const stroke = beginStroke(sliceId, tool, made);
      if (!stroke) return false;
      const revision = draftAtHand(sliceId)!.revision;
      try {
        work(stroke.mask);
      } catch (error) {
        stroke.cancel();
        throw error;
      }
      stroke.end();
      return (draftAtHand(sliceId)?.revision ?? revision) > revision;
    },
    /** What was undone, and where; null where nothing was. */
    undo: (sliceId: string) => step(sliceId, -1),
    redo: (sliceId: string) => step(sliceId, 1),

    /** The latest stroke is kept at this place now; nothing where nothing is drawn. */
    notePlace(sliceId: string, place: DraftPlace, message: string | null = null): void {
      if (!draftAtHand(sliceId)) return;
      shown.notePlace(sliceId, place, message);
      show(sliceId);
    },

    forget,

    /** A decision that ends the draft `saveId` is on its way to the server; null where it no longer is. */
    decided(sliceId: string, saveId: string | null): void {
      if (saveId) decisions.set(sliceId, saveId);
      else decisions.delete(sliceId);
    },

    /**
     * A draft has become a label of version `version`, as it was at `revision`; both null where another window saved
     * it. It ends here as well, but what was drawn since goes on as a new drawing.
     */
    async becameLabel(
      sliceId: string,
      draftId: string,
      saved: { revision: number; version: number } | null,
    ): Promise<void> {
      const draft = draftAtHand(sliceId);
      if (draft?.id !== draftId) return;
      // The decision's own answer says which strokes the label has.
      if (!saved && decisions.get(sliceId) === draftId) {
        shown.notePlace(sliceId, "here", null);
        return show(sliceId);
      }
      const session = sessions.get(sliceId);
      const drawnSince =
        session?.stroke || (saved ? draft.revision > saved.revision : session?.touched === true);
      if (!drawnSince) return forget(sliceId);
      void sync.forget(sliceId);
      ended.add(draftId);
      const { revision, basedOn } = draft;
      const rest = amend(sliceId, {
        id: newId(),
        revision: revision + 1,
        basedOn: saved?.version ?? basedOn,
      })!;
      if (rest.strokes.length > 0) sync.changed(rest, now());
    },
  };
}
export type DrawingStore = ReturnType<typeof createDrawingStore>;
