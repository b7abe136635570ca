import { useCallback, useEffect, useRef, useState } from "react";
import { type Decision, onTopOf } from "@/app/_viewer/label/decisions";
import type { LabelView, SliceView } from "@/lib/features/studies/schema";
import { listLabelsAction, saveLabelAction } from "./actions";

/** A decision on its way to the server; it is kept until the server has it or the reader drops it. */
export interface Save {
  slice: SliceView;
  decision: Decision;
  reason: string;
  readingMs: number;
  state: "saving" | "saved" | "failed" | "conflict";
  /** Why it failed. */
  message?: string;
  /** What was saved, by this reader (`saved`) or by someone else meanwhile (`conflict`). */
  label?: LabelView;
}

export type NewSave = Pick<Save, "slice" | "decision" | "reason" | "readingMs">;

/**
 * Saves decisions, one at a time for each slice.
 *
 * Nothing is shown as saved before the server has it; a failed one stays with its reason until it is tried again; one
 * that someone else was faster than waits for the reader's choice.
 */
export function useLabelSaves(onLabel: (sliceId: string, label: LabelView) => void) {
  const [saves, setSaves] = useState<ReadonlyMap<string, Save>>(new Map());
  const current = useRef(saves);
  const put = useCallback((sliceId: string, save: Save | null) => {
    const next = new Map(current.current);
    if (save) next.set(sliceId, save);
    else next.delete(sliceId);
    current.current = next;
    setSaves(next);
  }, []);

  const save = useCallback(
    async (asked: NewSave) => {
      const { slice, decision, reason, readingMs } = asked;
      if (current.current.get(slice.id)?.state === "saving") return;
      put(slice.id, { ...asked, state: "saving" });
      try {
        const outcome = await saveLabelAction({
          sliceId: slice.id,
          basedOn: slice.label?.version ?? 0,
          modelId: slice.prediction?.modelId ?? null,
          labelClass: decision.labelClass,
          mask: decision.mask,
          saveId: crypto.randomUUID(),
          note: reason || undefined,
          readingMs: Math.round(Math.min(readingMs, 86_400_000)),
        });
        if (outcome.ok) {
          put(slice.id, { ...asked, state: "saved", label: outcome.data });
          onLabel(slice.id, outcome.data);
        } else if (outcome.code === "conflict") {
          const newer = await listLabelsAction({ sliceId: slice.id });
          const label = newer.ok ? newer.data[0] : undefined;
          put(slice.id, { ...asked, state: label ? "conflict" : "failed", message: outcome.message, label });
        } else {
          put(slice.id, { ...asked, state: "failed", message: outcome.message });
        }
      } catch {
        put(slice.id, { ...asked, state: "failed", message: "The server could not be reached." });
      }
    },
    [put, onLabel],
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
      onLabel(sliceId, kept.label);
      void save({
        ...kept,
        slice: { ...kept.slice, label: kept.label },
        decision: onTopOf(kept.decision, kept.label),
      });
    },
    [save, onLabel],
  );

  const retry = useCallback(
    (sliceId: string) => {
      const kept = current.current.get(sliceId);
      if (kept) void save(kept);
    },
    [save],
  );
  const drop = useCallback((sliceId: string) => put(sliceId, null), [put]);

  const unsaved = [...saves.values()].filter((one) => one.state !== "saved");
  useWarningBeforeLeaving(unsaved.length > 0);
  return { saves, unsaved, save, retry, drop, takeTheirs, saveOnTop };
}

function useWarningBeforeLeaving(active: boolean) {
  useEffect(() => {
    if (!active) return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", warn);
    return () => window.removeEventListener("beforeunload", warn);
  }, [active]);
}
