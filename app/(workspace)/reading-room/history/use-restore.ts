import { useState } from "react";
import { randomId } from "@/app/_client/random-id";
import { listLabelsAction, restoreLabelAction } from "@/app/(workspace)/studies/[studyId]/actions";
import type { LabelView, SliceView } from "@/lib/features/studies/schema";
import { classWord, sourceWords } from "../label/label-state";

/** An earlier version that is the newest again. */
export interface Restored {
  from: number;
  label: LabelView;
}

interface Input {
  slice: SliceView;
  label: LabelView;
  readingMs?(): number;
  /** The slice's current label: the restored one, or what someone else saved meanwhile. */
  onLabel(label: LabelView): void;
}

/** Brings an earlier version of a slice's label back, based on the version on the screen. */
export function useRestore({ slice, label, readingMs, onLabel }: Input) {
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<string | null>(null);
  // One id for each attempt that may have reached the server: sent twice, it becomes one label.
  const [saveId, setSaveId] = useState(() => randomId());

  const restore = async (note: string): Promise<Restored | null> => {
    setBusy(true);
    setRefusal(null);
    try {
      const outcome = await restoreLabelAction({
        sliceId: slice.id,
        basedOn: slice.label?.version ?? 0,
        saveId,
        labelId: label.id,
        note: note || undefined,
        readingMs: readingMs && Math.round(Math.min(readingMs(), 86_400_000)),
      });
      if (outcome.ok) {
        onLabel(outcome.data);
        return { from: label.version, label: outcome.data };
      }
      setSaveId(randomId());
      setRefusal(outcome.message);
      if (outcome.code !== "conflict") return null;
      const newer = await listLabelsAction({ sliceId: slice.id });
      const theirs = newer.ok ? newer.data[0] : undefined;
      if (!theirs || theirs.id === slice.label?.id) return null;
      onLabel(theirs);
      setRefusal(
        `Someone labelled this slice meanwhile: v${theirs.version}, ${classWord(theirs.labelClass)} — ${sourceWords(theirs)}. Look at the differences again before you restore.`,
      );
    } catch {
      setRefusal("The server could not be reached, or it failed. Try again.");
    } finally {
      setBusy(false);
    }
    return null;
  };

  return { restore, busy, refusal };
}
