import type { StrokeTool } from "@/lib/features/labels/schema";
import { type Draft, isBuried, strokeOfStep } from "./draft";

/** An act that was undone or done again. */
export interface SteppedAct {
  tool: StrokeTool;
  /** The slice that was asked for, then the others. */
  sliceIds: readonly string[];
  /** Slices that keep their part of it: they were drawn on since. */
  drawnSince: readonly string[];
}

interface Options {
  /** Of the slice that was asked for. */
  draft: Draft;
  /** Of every other slice. */
  others: readonly Draft[];
  /** False where the slice's next stroke cannot be stepped over now. */
  stepOne(sliceId: string, by: 1 | -1): boolean;
}

/**
 * Takes back (-1) or brings back (1) the act that a draft's next stroke is part of, on every slice where it is next. A
 * stroke of no act is stepped over alone. Null where there is no such stroke.
 */
export function stepAct(by: 1 | -1, { draft, others, stepOne }: Options): SteppedAct | null {
  const stroke = strokeOfStep(draft, by);
  if (!stroke) return null;
  const { act, tool } = stroke;
  const sliceIds = stepOne(draft.sliceId, by) ? [draft.sliceId] : [];
  const drawnSince: string[] = [];
  for (const other of act === undefined ? [] : others) {
    if (strokeOfStep(other, by)?.act === act)
      (stepOne(other.sliceId, by) ? sliceIds : drawnSince).push(other.sliceId);
    else if (isBuried(other, act!, by)) drawnSince.push(other.sliceId);
  }
  return { tool, sliceIds, drawnSince };
}
