import type { MaskSource, StrokeTool } from "@/lib/features/labels/schema";
import { applyChange } from "@/lib/science/imaging/mask-change";

/** One thing done to a mask, as the pixels it flipped: doing it again undoes it. */
export interface Stroke {
  tool: StrokeTool;
  /** See lib/science/imaging/mask-change.ts. */
  change: Uint8Array;
  /** Of a stroke that put another mask in the place of the one before: what that mask was made from. */
  from?: readonly MaskSource[];
  /** The same for all strokes of one act on several slices, which are undone together. Known in this browser alone. */
  act?: string;
}

/** What a reader has drawn on a slice and not saved yet. Never changed in place. */
export interface Draft {
  /** Made when the drawing begins; the id of the save it becomes. */
  id: string;
  sliceId: string;
  studyId: string;
  /** The label version on the screen when the drawing began; 0 for none. */
  basedOn: number;
  /** The label whose mask the strokes change; null where they begin on an empty mask. */
  baseLabelId: string | null;
  /** Raised with every change. */
  revision: number;
  strokes: readonly Stroke[];
  /** Strokes that stand, from the first; those after were undone. */
  done: number;
  /** Milliseconds since 1970 of the latest change. */
  changedAt: number;
}

export type DraftBase = Pick<Draft, "id" | "sliceId" | "studyId" | "basedOn" | "baseLabelId">;

export function beginDraft(base: DraftBase, now: number): Draft {
  return { ...base, revision: 0, strokes: [], done: 0, changedAt: now };
}

/** With one more stroke; strokes that were undone before it are gone. */
export function withStroke(draft: Draft, stroke: Stroke, now: number): Draft {
  const strokes = [...draft.strokes.slice(0, draft.done), stroke];
  return { ...draft, revision: draft.revision + 1, strokes, done: strokes.length, changedAt: now };
}

/** The stroke that an undo takes back, or a redo brings back; null where there is none. */
export function strokeToUndo({ strokes, done }: Draft): Stroke | null {
  return strokes[done - 1] ?? null;
}
export function strokeToRedo({ strokes, done }: Draft): Stroke | null {
  return strokes[done] ?? null;
}

/** With `by` strokes more (1) or fewer (-1) standing. Throws `RangeError` where there is no such stroke. */
export function steppedBy(draft: Draft, by: 1 | -1, now: number): Draft {
  const done = draft.done + by;
  if (done < 0 || done > draft.strokes.length) throw new RangeError("there is no such stroke");
  return { ...draft, revision: draft.revision + 1, done, changedAt: now };
}

/** The stroke that a step takes back (-1) or brings back (1); null where there is none. */
export function strokeOfStep(draft: Draft, by: 1 | -1): Stroke | null {
  return by < 0 ? strokeToUndo(draft) : strokeToRedo(draft);
}

/** True where a stroke of the act is in the way of a step but not next: something was drawn since. */
export function isBuried({ strokes, done }: Draft, act: string, by: 1 | -1): boolean {
  const at = strokes.findIndex((stroke) => stroke.act === act);
  return by < 0 ? at >= 0 && at < done - 1 : at > done;
}

/**
 * The mask that the standing strokes make of `base`, a new `[rows, columns]`.
 * Throws `RangeError` where a stroke does not fit the mask.
 */
export function maskOfDraft(
  { strokes, done }: Pick<Draft, "strokes" | "done">,
  base: Uint8Array,
): Uint8Array {
  const mask = base.slice();
  for (const { change } of strokes.slice(0, done)) applyChange(mask, change);
  return mask;
}

/**
 * What the mask of the standing strokes was made from: the label it begins on, unless a stroke put another mask in its
 * place. Empty where it was drawn from nothing.
 */
export function sourcesOf({
  baseLabelId,
  strokes,
  done,
}: Pick<Draft, "baseLabelId" | "strokes" | "done">): readonly MaskSource[] {
  const base: readonly MaskSource[] = baseLabelId ? [{ kind: "label", labelId: baseLabelId }] : [];
  return strokes.slice(0, done).reduce((sources, { from }) => from ?? sources, base);
}

/** Whichever of one draft's two copies is ahead. */
export function laterOf(first: Draft, second: Draft): Draft {
  return second.revision > first.revision ? second : first;
}
