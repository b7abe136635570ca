import { useCallback, useEffect, useMemo, useState, useSyncExternalStore } from "react";
import { useChanges } from "@/app/_ui/use-changes";
import { createDraftSync } from "@/app/_viewer/drawing/draft-sync";
import { createDrawingStore } from "@/app/_viewer/drawing/drawing-store";
import { type Journal, openJournal } from "@/app/_viewer/drawing/journal";
import { randomId } from "@/app/_viewer/drawing/random-id";
import { recoverDrafts } from "@/app/_viewer/drawing/recover-drafts";
import { draftOfView, removeDraft, sendDraft } from "@/app/_viewer/drawing/send-draft";
import { maskPixels, maskUrls } from "@/app/_viewer/masks/slice-masks";
import type { DrawingView } from "@/lib/features/labels/schema";
import type { SliceView } from "@/lib/features/studies/schema";
import { findDraftsAction } from "../actions";
import type { Save } from "../decision/use-label-saves";

export interface DrawingKit {
  journal: Journal<Save>;
  sync: ReturnType<typeof createDraftSync>;
  store: ReturnType<typeof createDrawingStore>;
}

/** The journal, the store of drawings and what takes them to the server, for one reader and one study. */
export function makeDrawingKit(userId: string, studyId: string, onSaved: () => void): DrawingKit {
  const journal = openJournal<Save>(userId);
  const sync = createDraftSync({
    send: (draft) => sendDraft(draft),
    onPlace: (sliceId, place, message) => store.notePlace(sliceId, place, message),
    // Another window saved it, or an answer was lost: the label is there.
    onSaved: (sliceId) => void store.forget(sliceId).then(onSaved),
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
  useEffect(() => {
    if (!mayLabel) return;
    setProblem(null);
    store.prepare(base).catch((error) => setProblem(error instanceof Error ? error.message : String(error)));
    // What came back or was saved meanwhile needs to be made ready anew.
    return store.subscribe(() => {
      if (!store.isReady(base.sliceId)) store.prepare(base).catch(() => {});
    });
  }, [store, base, mayLabel]);

  const served = useCallback(async () => {
    const outcome = await findDraftsAction({ studyId }).catch(() => null);
    if (!outcome?.ok) return null;
    setOthers(outcome.data.others);
    return outcome.data.own.map((view) => draftOfView(view, studyId));
  }, [studyId]);

  useEffect(() => {
    let left = false;
    const recover = async () => {
      const [kept, own] = await Promise.all([journal.draftsOf(studyId).catch(() => []), served()]);
      if (!left && mayLabel) store.recover(recoverDrafts(kept, own ?? []));
    };
    void recover();
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
      sync.flush();
      sync.close();
    };
  }, [journal, sync, store, studyId, served, mayLabel]);

  useChanges((change) => {
    if (change === null || change.topic === "draft") void served();
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
      const here = store.drawingOf(sliceId)?.draft;
      const there = (await served())?.find((draft) => draft.sliceId === sliceId);
      if (!here || !there) {
        if (here) sync.changed(here, Date.now());
        return;
      }
      await sync.forget(sliceId);
      if (keep === "elsewhere") {
        store.replace(there);
        store.notePlace(sliceId, "server");
        return;
      }
      const ahead = { ...here, revision: Math.max(here.revision, there.revision) + 1, changedAt: Date.now() };
      const answer = await sendDraft(ahead, there.id === here.id ? undefined : there.id).catch(() => null);
      if (answer?.kind !== "kept") return;
      store.replace(ahead);
      store.notePlace(sliceId, "server");
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
