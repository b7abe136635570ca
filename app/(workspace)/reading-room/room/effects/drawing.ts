import { useCallback, useEffect, useMemo, useRef, useState, useSyncExternalStore } from "react";
import { randomId } from "@/app/_client/random-id";
import { useChanges } from "@/app/_ui/use-changes";
import { findDraftsAction } from "@/app/(workspace)/studies/[studyId]/actions";
import type { DrawingView } from "@/lib/features/labels/schema";
import type { SliceView } from "@/lib/features/studies/schema";
import type { Draft } from "../drawing/draft";
import { createDraftSync } from "../drawing/draft-sync";
import { createDrawingStore } from "../drawing/drawing-store";
import { type Journal, openJournal } from "../drawing/journal";
import { recoverDrafts } from "../drawing/recover-drafts";
import { draftOfView, removeDraft, sendDraft } from "../drawing/send-draft";
import { maskPixels, maskUrls } from "../masks/slice-masks";
import type { Save } from "../saves/send";

export interface DrawingKit {
  journal: Journal<Save>;
  sync: ReturnType<typeof createDraftSync>;
  store: ReturnType<typeof createDrawingStore>;
}

/** The journal, the store of drawings and what takes them to the server, for one reader and one study. */
export function makeDrawingKit(userId: string, studyId: string, onSaved: () => void): DrawingKit {
  const journal = openJournal<Save>(userId);
  const sync = createDraftSync({
    send: sendDraft,
    onPlace: (sliceId, place, message) => store.notePlace(sliceId, place, message),
    onSaved: (sliceId, draftId) => void store.becameLabel(sliceId, draftId, null).then(onSaved),
  });
  const store = createDrawingStore({
    studyId,
    journal,
    sync,
    loadMask: (labelId, { rows, columns }) => maskPixels(maskUrls.label(labelId), rows, columns),
    newId: randomId,
    now: () => Date.now(),
    nextFrame: (work) => requestAnimationFrame(work),
  });
  return { journal, sync, store };
}

/** A journal that does not answer holds nobody up for longer. */
const journalPatienceMs = 2_000;

/** The current slice's drawing, ready to be gone on with, and what is drawn elsewhere in the study. */
export function useDrawing(kit: DrawingKit, studyId: string, slice: SliceView, mayLabel: boolean) {
  const { journal, sync, store } = kit;
  const [others, setOthers] = useState<readonly DrawingView[]>([]);
  const [problem, setProblem] = useState<string | null>(null);
  const drawing = useSyncExternalStore(
    store.subscribe,
    () => store.settledOf(slice.id),
    () => null,
  );
  const unsaved = useSyncExternalStore(store.subscribe, store.unsaved, store.unsaved);

  const base = useMemo(() => drawingBase(slice), [slice]);
  const [attempt, setAttempt] = useState(0);
  // What this browser kept comes first: a new drawing would take its place in the journal.
  const [journalRead, setJournalRead] = useState(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt after one that failed
  useEffect(() => {
    if (!mayLabel || !journalRead) return;
    let left = false;
    const prepare = () =>
      store.prepare(base).then(
        () => left || setProblem(null),
        (error) => left || setProblem(error instanceof Error ? error.message : String(error)),
      );
    void prepare();
    // What came back or was saved meanwhile needs to be made ready anew.
    const unsubscribe = store.subscribe(() => {
      if (!store.isReady(base.sliceId)) void prepare();
    });
    return () => {
      left = true;
      unsubscribe();
      setProblem(null);
    };
  }, [store, base, mayLabel, journalRead, attempt]);

  const served = useCallback(async () => {
    const outcome = await findDraftsAction({ studyId }).catch(() => null);
    if (!outcome?.ok) return null;
    setOthers(outcome.data.others);
    return outcome.data.own.map((view) => draftOfView(view, studyId));
  }, [studyId]);

  /** What the journal had; null once the server has told what it has. */
  const unconfirmed = useRef<readonly Draft[] | null>([]);
  const recover = useCallback(
    (own: readonly Draft[] | null) => {
      if (!mayLabel || !own || !unconfirmed.current) return;
      store.recover(recoverDrafts(unconfirmed.current, own));
      unconfirmed.current = null;
    },
    [store, mayLabel],
  );

  useEffect(() => {
    let left = false;
    const begin = async () => {
      const patience = new Promise<Draft[]>((resolve) => setTimeout(resolve, journalPatienceMs, []));
      const kept = await Promise.race([journal.draftsOf(studyId).catch(() => []), patience]);
      if (left) return;
      unconfirmed.current = kept;
      if (mayLabel) store.recover(recoverDrafts(kept, null));
      setJournalRead(true);
      const own = await served();
      if (left || !mayLabel) return;
      if (own) recover(own);
      // Sent all the same, and again until the server can be reached.
      else store.recover(kept.map((draft) => ({ draft, onServer: false, served: null })));
    };
    void begin();
    const flush = () => sync.flush();
    const whenHidden = () => document.hidden && sync.flush();
    window.addEventListener("online", flush);
    window.addEventListener("pagehide", flush);
    document.addEventListener("visibilitychange", whenHidden);
    return () => {
      left = true;
      window.removeEventListener("online", flush);
      window.removeEventListener("pagehide", flush);
      document.removeEventListener("visibilitychange", whenHidden);
      // Another study is opened: what waits is sent now and not in a second.
      sync.close();
    };
  }, [journal, sync, store, studyId, served, recover, mayLabel]);

  useChanges((change) => {
    if (change !== null && change.topic !== "draft") return;
    if (problem) setAttempt((before) => before + 1);
    // Before the journal was read, its own look at the server is on its way.
    if (journalRead) void served().then(recover);
  });

  /** Null, or why the server may still have it. */
  const discard = useCallback(
    async (sliceId: string): Promise<string | null> => {
      const draft = store.drawingOf(sliceId)?.draft;
      if (!draft) return null;
      await store.forget(sliceId);
      try {
        await removeDraft(draft);
        return null;
      } catch {
        return "Discarded here. The server could not be reached: it may offer the strokes again.";
      }
    },
    [store],
  );

  /** The reader's answer where the same slice is drawn in two places. */
  const settleElsewhere = useCallback(
    async (sliceId: string, keep: "here" | "elsewhere") => {
      const own = await served();
      // Not answered: the question stays.
      if (!own) return;
      const there = own.find((draft) => draft.sliceId === sliceId);
      const here = store.drawingOf(sliceId)?.draft;
      if (!here) return;
      await sync.forget(sliceId);
      if (!there) sync.changed(store.drawingOf(sliceId)?.draft ?? here, Date.now());
      else if (keep === "here") store.overrule(there);
      else store.replace(there);
    },
    [store, sync, served],
  );

  return { drawing, unsaved, others, problem, discard, settleElsewhere };
}

/** A drawing begins on the current label's mask, or on an empty one. */
export function drawingBase({ id, rows, columns, label }: SliceView) {
  return {
    sliceId: id,
    rows,
    columns,
    basedOn: label?.version ?? 0,
    baseLabelId: label?.hasMask ? label.id : null,
  };
}
