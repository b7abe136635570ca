import type { LabelReason, MaskSource } from "@/lib/features/labels/schema";
import type { LabelView } from "@/lib/records/label-view";
import type { Decision } from "../../label/decisions";

/** What a reader says of a decision besides the decision itself. */
export interface Words {
  reason: LabelReason | null;
  note: string;
}

/** What a decision states of a slice. */
export type Stated = Pick<Decision, "act" | "labelClass" | "mask">;

/**
 * What a reader decided, on its way to the server; kept until the server has it or the reader drops it. Ids and values
 * alone: what else is known of the slice changes while the save waits.
 */
export interface Save {
  /** The same however often it is sent, so that it becomes one label. */
  saveId: string;
  sliceId: string;
  /** The drawing's when it was decided on; null without one. */
  revision: number | null;
  /** The label version that it was decided on; 0 for none. */
  basedOn: number;
  /** The model whose prediction was on the screen; null without one. */
  modelId: string | null;
  decision: Stated;
  /** The drawn mask in base64; null unless the decision has it. */
  drawn: string | null;
  /** What the drawn mask was made from; null where that is not known, and without a drawing. */
  drawnFrom: readonly MaskSource[] | null;
  /** The same for decisions that one key saved together; null for one alone. */
  batchId: string | null;
  words: Words;
  /** How long the slice was on the screen; null where that is not known. */
  readingMs: number | null;
  state: "saving" | "saved" | "failed" | "conflict";
  /** Why it failed. */
  message?: string | undefined;
  /** It failed because nobody answered: it is sent again once the network is back. */
  lost?: boolean | undefined;
  /** What was saved, by this reader (`saved`) or by someone else meanwhile (`conflict`). */
  label?: LabelView | undefined;
}

export type NewSave = Omit<Save, "state" | "message" | "lost" | "label">;

/** As a journal of version 0.2 has it: it says what to store, and not how the reader came to it. */
type SaveWithoutAct = Omit<NewSave, "decision" | "drawnFrom" | "batchId"> & {
  decision: Omit<Stated, "act"> & { act?: undefined };
};

/** As an earlier journal of version 0.2 has it: with a copy of the slice as it was then. */
interface SaveWithSlice {
  saveId: string;
  revision?: number | null;
  slice: { id: string; prediction: { modelId: string } | null };
  basedOn: number;
  decision: SaveWithoutAct["decision"];
  drawn: string | null;
  reason: Words["reason"];
  note: string;
  readingMs: number;
}

/** A save as a journal has it, also one that an earlier version of this page wrote. */
export function keptSave(value: unknown): NewSave {
  if (!isWithSlice(value)) return withAct(value as SaveWithoutAct | Save);
  const { saveId, revision, slice, basedOn, decision, drawn, reason, note, readingMs } = value;
  return withAct({
    saveId,
    sliceId: slice.id,
    revision: revision ?? null,
    basedOn,
    modelId: slice.prediction?.modelId ?? null,
    decision: { labelClass: decision.labelClass, mask: decision.mask },
    drawn,
    words: { reason, note },
    readingMs,
  });
}

/** Adds the act to a save of version 0.2: a drawn mask was drawn, a proposed one was the model's, anything else was stated. */
function withAct(kept: SaveWithoutAct | Save): NewSave {
  const save = withoutState(kept as Save);
  if (save.decision.act) return save;
  const { mask } = save.decision;
  const act = mask === "drawn" ? "draw" : mask === "proposed" ? "use-model" : "state";
  return { ...save, decision: { ...save.decision, act }, drawnFrom: null, batchId: null };
}

function isWithSlice(value: unknown): value is SaveWithSlice {
  return typeof value === "object" && value !== null && "slice" in value;
}

/** The save as it was decided, whatever became of it since. */
export function withoutState({ state: _, message: _m, lost: _l, label: _b, ...save }: Save): NewSave {
  return save;
}
