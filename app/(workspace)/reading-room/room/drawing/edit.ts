import { useCallback, useEffect, useState } from "react";
import type { StrokeTool } from "@/lib/features/labels/schema";
import type { SliceView } from "@/lib/features/studies/schema";
import { fillHoles } from "@/lib/science/imaging/mask-editing/fill-holes";
import { drawingBase } from "../effects/drawing";
import { maskPixels, maskUrls } from "../masks/slice-masks";
import type { DrawingStore } from "./drawing-store";
import { gapToInterpolate, interpolationWords, masksBetween } from "./edits";
import { aspectOf } from "./view-geometry";

/** What strokes are called when they are undone. */
const toolWords: Record<StrokeTool, string> = {
  brush: "brush stroke",
  eraser: "eraser stroke",
  threshold: "threshold stroke",
  polygon: "polygon",
  flood: "flood fill",
  "fill-holes": "filling of holes",
  interpolate: "interpolation",
  copy: "copy of a mask",
  accept: "taking of the model's mask",
  clear: "clearing",
};

/** An outcome is shown this long; then where the strokes are kept is shown again. */
const messageMs = 6_000;

/** The edits that are made at once, and what came of the last one, in words. */
export function useDrawingEdits(store: DrawingStore, slices: readonly SliceView[], index: number) {
  const [message, setMessage] = useState<{ sliceId: string; words: string } | null>(null);
  const slice = slices[index]!;
  const { id: sliceId } = slice;
  const say = useCallback((words: string | null) => setMessage(words ? { sliceId, words } : null), [sliceId]);
  useEffect(() => {
    const timer = message && setTimeout(() => setMessage(null), messageMs);
    return () => clearTimeout(timer ?? undefined);
  }, [message]);

  /** The mask as it stands on a slice: its drawing, else its label's; null without any tumor. */
  const maskOf = async (of: SliceView): Promise<Uint8Array | null> => {
    const drawn = store.drawingOf(of.id);
    const isUnsaved = store.unsaved().some((draft) => draft.sliceId === of.id);
    if (isUnsaved && !drawn) await store.prepare(drawingBase(of));
    const mask = store.drawingOf(of.id)?.mask;
    if (mask) return mask.includes(1) ? mask : null;
    if (!of.label?.hasMask || !of.label.areaPixels) return null;
    return maskPixels(maskUrls.label(of.label.id), of.rows, of.columns);
  };

  const edit = (
    tool: StrokeTool,
    work: (mask: Uint8Array) => void,
    nothing: string,
    done: string | null = null,
  ) => {
    if (!store.mayBegin(sliceId)) return say("This slice cannot be drawn on just now: try again.");
    say(store.edit(sliceId, tool, work) ? done : nothing);
  };
  const put = (tool: StrokeTool, mask: Uint8Array, nothing: string) =>
    edit(tool, (open) => open.set(mask), nothing);
  const attempt = async (work: () => Promise<void>) => {
    try {
      await work();
    } catch (error) {
      say(error instanceof Error ? error.message : "That could not be done.");
    }
  };

  return {
    message: message?.sliceId === sliceId ? message.words : null,
    undo() {
      const tool = store.undo(sliceId);
      say(tool ? `Undone: ${toolWords[tool]}.` : "There is nothing to undo on this slice.");
    },
    redo() {
      const tool = store.redo(sliceId);
      say(tool ? `Done again: ${toolWords[tool]}.` : "There is nothing to redo on this slice.");
    },
    fillHoles: () => edit("fill-holes", (mask) => mask.set(fillHoles(mask, slice)), "The mask has no holes."),
    clear: () =>
      edit(
        "clear",
        (mask) => mask.fill(0),
        "The mask is empty already.",
        "The mask is cleared; Ctrl Z brings it back.",
      ),
    copyBefore: () =>
      attempt(async () => {
        const before = slices[index - 1];
        if (!before) return say("There is no slice before this one.");
        if (before.rows !== slice.rows || before.columns !== slice.columns) {
          return say("The slice before has another size.");
        }
        const mask = await maskOf(before);
        if (!mask) return say(`Slice ${before.position} has no mask.`);
        put("copy", mask, `The mask is that of slice ${before.position} already.`);
      }),
    acceptAndEdit: () =>
      attempt(async () => {
        const { prediction, rows, columns } = slice;
        if (!prediction?.hasMask) return say("The model proposes no mask on this slice.");
        const mask = await maskPixels(maskUrls.proposed(sliceId, prediction.modelId), rows, columns);
        put("accept", mask, "The mask is the model's already.");
      }),
    interpolate: () =>
      attempt(async () => {
        const drawn = new Set(store.unsaved().map((draft) => draft.sliceId));
        const gap = gapToInterpolate(slices, index, (id) => drawn.has(id));
        if (!gap) return say("There is no gap between two drawn slices here.");
        const ends = [slices[gap.below]!, slices[gap.above]!] as const;
        const targets = gap.between.map((at) => slices[at]!);
        const odd = [...ends, ...targets].some(
          (one) => one.rows !== slice.rows || one.columns !== slice.columns,
        );
        if (odd) return say("The slices of this gap have different sizes.");
        const [below, above] = await Promise.all(ends.map(maskOf));
        if (!below || !above) {
          return say("A slice at the end of the gap has an empty mask: there is no shape to go from.");
        }
        const masks = masksBetween(slices, gap, below, above, slice, aspectOf({ slice }));
        // Two masks far apart have no shape between them; an empty one must not wipe out what is there.
        const filled = targets.flatMap((target, at) =>
          masks[at]!.includes(1) ? { target, mask: masks[at]! } : [],
        );
        await Promise.all(filled.map(({ target }) => store.prepare(drawingBase(target))));
        const drawnOn = filled.filter(({ target, mask }) =>
          store.edit(target.id, "interpolate", (open) => open.set(mask)),
        );
        const between = `between slices ${ends[0].position} and ${ends[1].position}`;
        say(
          interpolationWords(
            between,
            targets.length - filled.length,
            drawnOn.map(({ target }) => target.position),
          ),
        );
      }),
    say,
  };
}
