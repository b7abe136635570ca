import { Refused } from "@/app/_client/request";
import type { SaveLabel } from "@/lib/features/labels/schema";
import type { LabelView } from "@/lib/records/label-view";
import { onTopOf } from "../../label/decisions";
import type { Base } from "../base";
import { maskUrls } from "../masks/slice-masks";
import { holdsDecision } from "./holds-decision";
import { keptSave, type NewSave, type Save, withoutState } from "./save";
import { begun, type SaveEvent, transition } from "./transition";

const longestReadingMs = 86_400_000;

interface Hooks {
  /** A label of a slice became known; `byMe` where this reader has just saved it. */
  onLabel(sliceId: string, label: LabelView, byMe: boolean): void;
  /** The server refused one, perhaps because of a prediction that is not known here yet. */
  onRefused(): void;
  /** A save has become a label; `before` is the one on file until then. */
  onSaved(save: Save, before: LabelView | null): void;
}

/**
 * Saves decisions, one at a time for each slice.
 *
 * Nothing is shown as saved before the server has it; a failed one stays with its reason until it is tried again; one
 * that someone else was faster than waits for the reader's choice. What the server has not confirmed is also in the
 * journal, and is sent again when the page comes back: a save that did arrive is known by its id.
 */
export function createSaves({ get, put, ports, drawings }: Base, { onLabel, onSaved, onRefused }: Hooks) {
  const { journal, server, newId } = ports;
  const of = (sliceId: string) => get().kept.saves.get(sliceId);
  const sliceOf = (sliceId: string) => get().server.study.slices.find(({ id }) => id === sliceId);

  function keep(sliceId: string, save: Save | null) {
    const saves = new Map(get().kept.saves);
    if (save) saves.set(sliceId, save);
    else saves.delete(sliceId);
    put("kept", { saves });
    const open = save && save.state !== "saved";
    drawings.decided(sliceId, open ? save.saveId : null);
    if (save?.state === "saved" && save.label) {
      const { version } = save.label;
      // A save of an earlier version of this page knows no revision.
      const revision = save.revision ?? Number.POSITIVE_INFINITY;
      void drawings.becameLabel(sliceId, save.saveId, { revision, version });
    }
    // A browser without a journal still saves: it only has nothing to come back to.
    const { id: studyId } = get().server.study;
    (open ? journal.putSave(sliceId, studyId, save) : journal.removeSave(sliceId)).catch(() => {});
  }

  const happen = (save: Save, event: SaveEvent): Save => {
    const next = transition(save, event);
    keep(save.sliceId, next);
    return next;
  };

  /** An earlier sending arrived, and says something else: the drawing goes on after it, and the reader is asked. */
  function putOutdated(save: Save, label: LabelView) {
    const { sliceId } = save;
    drawings.decided(sliceId, null);
    void drawings.becameLabel(sliceId, save.saveId, { revision: -1, version: label.version });
    const next: Save = {
      ...save,
      saveId: drawings.draftIdOf(sliceId) ?? newId(),
      revision: save.revision === null ? null : save.revision + 1,
    };
    happen(next, { kind: "overtaken", label, message: "An earlier decision of yours has arrived after all" });
  }

  async function send(asked: NewSave): Promise<void> {
    const { sliceId, basedOn } = asked;
    if (of(sliceId)?.state === "saving") return;
    const save = begun(asked);
    const before = sliceOf(sliceId)?.label ?? null;
    keep(sliceId, save);
    try {
      const label = await server.saveLabel(inputOf(save));
      if (!(await holdsDecision(label, save, () => maskOf(sliceId, label)))) return putOutdated(save, label);
      const done = happen(save, { kind: "answered", label });
      onLabel(sliceId, label, true);
      onSaved(done, before);
    } catch (error) {
      const { code, message } = error instanceof Refused ? error : lost;
      if (code !== "conflict") {
        happen(save, { kind: code === "unreachable" ? "lost" : "refused", message });
        return;
      }
      const newest = await server.labels(sliceId).then(
        ([label]) => label,
        () => undefined,
      );
      if (newest && newest.version > basedOn) happen(save, { kind: "overtaken", label: newest, message });
      else {
        happen(save, { kind: "refused", message });
        onRefused();
      }
    }
  }

  function maskOf(sliceId: string, { id }: LabelView): Promise<Uint8Array> {
    const slice = sliceOf(sliceId);
    if (!slice) return Promise.reject(new Error("the slice is not of this study"));
    return server.mask(maskUrls.label(id), slice.rows, slice.columns);
  }

  return {
    /** Sends a decision; nothing where one of this slice is on its way. */
    save: (asked: NewSave): void => void send(asked),
    /**
     * Sends a failed one again. It was refused perhaps because another model's prediction is on the screen by now: the
     * reader has seen that one.
     */
    retry(sliceId: string): void {
      const kept = of(sliceId);
      if (!kept) return;
      const slice = sliceOf(sliceId);
      const modelId = kept.lost ? kept.modelId : (slice?.prediction?.modelId ?? null);
      void send({ ...withoutState(kept), modelId });
    },
    /** What was saved was taken back: nothing is said of it any more. */
    forgetSaved(sliceIds: readonly string[]): void {
      for (const sliceId of sliceIds) if (of(sliceId)?.state === "saved") keep(sliceId, null);
    },
    /** The reader drops a decision that did not arrive; its words are there again. */
    drop(sliceId: string): void {
      const kept = of(sliceId);
      keep(sliceId, null);
      if (kept) giveWordsBack(kept);
    },
    /** The reader's answer to a conflict: the newer label stands, and the own decision is dropped. */
    takeTheirs(sliceId: string): void {
      const { label } = of(sliceId) ?? {};
      keep(sliceId, null);
      if (label) onLabel(sliceId, label, false);
    },
    /** The reader's answer to a conflict: the own decision becomes the version after the newer label. */
    saveOnTop(sliceId: string): void {
      const kept = of(sliceId);
      if (!kept?.label) return;
      const { label } = kept;
      const decision = onTopOf(kept.decision, label);
      // By now the reader may have seen a prediction that was hidden, or another one.
      const modelId = sliceOf(sliceId)?.prediction?.modelId ?? null;
      if (decision) void send({ ...withoutState(kept), basedOn: label.version, decision, modelId });
    },
    /** Sends what the journal kept of an earlier visit. */
    resume(kept: readonly unknown[]): void {
      for (const save of kept.map(keptSave)) if (!of(save.sliceId)) void send(save);
    },
    /** Sends what was lost once more: the network is back. */
    resend(): void {
      for (const save of get().kept.saves.values()) {
        if (save.state === "failed" && save.lost) void send(withoutState(save));
      }
    },
  };

  function giveWordsBack({ sliceId, words }: Save) {
    if (get().kept.words.has(sliceId) || (!words.reason && !words.note)) return;
    put("kept", { words: new Map(get().kept.words).set(sliceId, words) });
  }
}
export type Saves = ReturnType<typeof createSaves>;

const lost = { code: "unreachable", message: "The server could not be reached." } as const;

function inputOf(save: Save): SaveLabel {
  const { sliceId, basedOn, saveId, batchId, modelId, decision, drawn, drawnFrom, words, readingMs } = save;
  return {
    sliceId,
    basedOn,
    saveId,
    batchId: batchId ?? undefined,
    modelId,
    act: decision.act,
    labelClass: decision.labelClass,
    mask: decision.mask,
    drawn: drawn ?? undefined,
    drawnFrom: drawn && drawnFrom ? [...drawnFrom] : undefined,
    reason: words.reason ?? undefined,
    note: words.note || undefined,
    readingMs: readingMs === null ? undefined : Math.round(Math.min(readingMs, longestReadingMs)),
  };
}
