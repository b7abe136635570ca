import { useCallback, useEffect, useRef, useState } from "react";
import { randomId } from "@/app/_client/random-id";
import { listLabelsAction, saveLabelAction } from "@/app/(workspace)/studies/[studyId]/actions";
import type { LabelReason } from "@/lib/features/labels/schema";
import type { LabelView, SliceView } from "@/lib/features/studies/schema";
import { type Decision, onTopOf } from "../../label/decisions";
import type { DrawingStore } from "../drawing/drawing-store";
import type { Journal } from "../drawing/journal";
import { maskPixels, maskUrls } from "../masks/slice-masks";
import { holdsDecision } from "./holds-decision";

/** What a reader decided, on its way to the server; it is kept until the server has it or the reader drops it. */
export interface Save {
  /** The same however often it is sent, so that it becomes one label. */
  saveId: string;
  /** The drawing's when it was decided on; null without one. */
  revision: number | null;
  slice: SliceView;
  /** The label version that it was decided on; 0 for none. */
  basedOn: number;
  decision: Decision;
  /** The drawn mask in base64; null unless the decision has it. */
  drawn: string | null;
  reason: LabelReason | null;
  note: string;
  readingMs: number;
  state: "saving" | "saved" | "failed" | "conflict";
  /** Why it failed. */
  message?: string;
  /** What was saved, by this reader (`saved`) or by someone else meanwhile (`conflict`). */
  label?: LabelView;
}

export type NewSave = Omit<Save, "state" | "message" | "label">;

interface Options {
  studyId: string;
  journal: Pick<Journal<Save>, "putSave" | "removeSave" | "savesOf">;
  /** What was drawn ends with the label that it became. */
  drawings: Pick<DrawingStore, "decided" | "becameLabel" | "draftIdOf">;
  /** A label of a slice became known. */
  onLabel(sliceId: string, label: LabelView): void;
  /** A save has become a label, by this reader's hand. */
  onSaved(save: Save): void;
}

/**
 * Saves decisions, one at a time for each slice.
 *
 * Nothing is shown as saved before the server has it; a failed one stays with its reason until it is tried again; one
 * that someone else was faster than waits for the reader's choice. What the server has not confirmed is also in the
 * journal, and is sent again when the page comes back: a save that did arrive is known by its id.
 */
export function useLabelSaves({ studyId, journal, drawings, onLabel, onSaved }: Options) {
  const [saves, setSaves] = useState<ReadonlyMap<string, Save>>(new Map());
  const current = useRef(saves);
  const saved = useRef(onSaved);
  saved.current = onSaved;

  const put = useCallback(
    (sliceId: string, save: Save | null) => {
      const next = new Map(current.current);
      if (save) next.set(sliceId, save);
      else next.delete(sliceId);
      current.current = next;
      setSaves(next);
      const kept = save && save.state !== "saved";
      drawings.decided(sliceId, kept ? save.saveId : null);
      if (save?.state === "saved" && save.label) {
        const { version } = save.label;
        // A save of an earlier version of this page knows no revision.
        const revision = save.revision ?? Number.POSITIVE_INFINITY;
        void drawings.becameLabel(sliceId, save.saveId, { revision, version });
      }
      // A browser without a journal still saves: it only has nothing to come back to.
      (kept ? journal.putSave(sliceId, studyId, save) : journal.removeSave(sliceId)).catch(() => {});
    },
    [journal, drawings, studyId],
  );

  /** An earlier sending arrived, and says something else: the drawing goes on after it, and the reader is asked. */
  const putOutdated = useCallback(
    (asked: NewSave, label: LabelView) => {
      const { id: sliceId } = asked.slice;
      drawings.decided(sliceId, null);
      void drawings.becameLabel(sliceId, asked.saveId, { revision: -1, version: label.version });
      put(sliceId, {
        ...asked,
        saveId: drawings.draftIdOf(sliceId) ?? randomId(),
        revision: asked.revision === null ? null : asked.revision + 1,
        state: "conflict",
        message: "An earlier decision of yours has arrived after all",
        label,
      });
    },
    [put, drawings],
  );

  const save = useCallback(
    async (asked: NewSave) => {
      const { slice, basedOn, saveId, decision, drawn, reason, note, readingMs } = asked;
      if (current.current.get(slice.id)?.state === "saving") return;
      put(slice.id, { ...asked, state: "saving" });
      try {
        const outcome = await saveLabelAction({
          sliceId: slice.id,
          basedOn,
          saveId,
          modelId: slice.prediction?.modelId ?? null,
          labelClass: decision.labelClass,
          mask: decision.mask,
          drawn: drawn ?? undefined,
          reason: reason ?? undefined,
          note: note || undefined,
          readingMs: Math.round(Math.min(readingMs, 86_400_000)),
        });
        const maskOf = (label: LabelView) => maskPixels(maskUrls.label(label.id), slice.rows, slice.columns);
        if (outcome.ok && !(await holdsDecision(outcome.data, asked, () => maskOf(outcome.data)))) {
          putOutdated(asked, outcome.data);
        } else if (outcome.ok) {
          const done: Save = { ...asked, state: "saved", label: outcome.data };
          put(slice.id, done);
          onLabel(slice.id, outcome.data);
          saved.current(done);
        } else if (outcome.code === "conflict") {
          const newer = await listLabelsAction({ sliceId: slice.id });
          const label = newer.ok ? newer.data[0] : undefined;
          const overtaken = label && label.version > basedOn;
          put(slice.id, {
            ...asked,
            state: overtaken ? "conflict" : "failed",
            message: outcome.message,
            label,
          });
        } else {
          put(slice.id, { ...asked, state: "failed", message: outcome.message });
        }
      } catch {
        put(slice.id, { ...asked, state: "failed", message: unreachable });
      }
    },
    [put, putOutdated, onLabel],
  );

  /** The reader's answer to a conflict: the newer label stands, and the own decision is dropped. */
  const takeTheirs = useCallback(
    (sliceId: string) => {
      const { label } = current.current.get(sliceId) ?? {};
      put(sliceId, null);
      if (label) onLabel(sliceId, label);
    },
    [put, onLabel],
  );

  /** The reader's answer to a conflict: the own decision becomes the version after the newer label. */
  const saveOnTop = useCallback(
    (sliceId: string) => {
      const kept = current.current.get(sliceId);
      if (!kept?.label) return;
      const { label } = kept;
      void save({ ...kept, basedOn: label.version, decision: onTopOf(kept.decision, label) });
    },
    [save],
  );

  const retry = useCallback(
    (sliceId: string) => {
      const kept = current.current.get(sliceId);
      if (kept) void save(kept);
    },
    [save],
  );
  const drop = useCallback((sliceId: string) => put(sliceId, null), [put]);

  useEffect(() => {
    let left = false;
    journal.savesOf(studyId).then(
      (kept) => {
        for (const one of kept) if (!left && !current.current.has(one.slice.id)) void save(one);
      },
      () => {},
    );
    const whenOnline = () => {
      for (const one of current.current.values()) {
        if (one.state === "failed" && one.message === unreachable) void save(one);
      }
    };
    window.addEventListener("online", whenOnline);
    return () => {
      left = true;
      window.removeEventListener("online", whenOnline);
    };
  }, [journal, studyId, save]);

  const unsaved = [...saves.values()].filter((one) => one.state !== "saved");
  return { saves, unsaved, save, retry, drop, takeTheirs, saveOnTop };
}

const unreachable = "The server could not be reached.";
