import type { MaskSource, StrokeTool } from "@/lib/features/labels/schema";
import type { SliceView } from "@/lib/features/studies/schema";
import { fillHoles } from "@/lib/science/imaging/mask-editing/fill-holes";
import type { Core } from "../core";
import { maskUrls } from "../masks/slice-masks";
import { currentSlice, slicesOf } from "../selectors";
import { sourcesOf } from "./draft";
import { gapToInterpolate, interpolationWords, masksBetween, steppedWords } from "./edits";
import { draftOfView } from "./send-draft";
import type { SteppedAct } from "./step-act";
import { aspectOf } from "./view-geometry";

/** The edits that are made at once. What comes of each is said in words beside the slice. */

/** As many as the server takes. */
const mostSources = 20;

/** A drawing begins on the current label's mask, or on an empty one. */
export function drawingBase({ id, rows, columns, label, labelVersion }: SliceView) {
  return {
    sliceId: id,
    rows,
    columns,
    basedOn: labelVersion,
    baseLabelId: label?.maskSha256 ? label.id : null,
  };
}

function say(core: Core, sliceId: string, words: string | null) {
  core.put("now", { edited: words ? { sliceId, words } : null });
}

function edit(
  core: Core,
  tool: StrokeTool,
  work: (mask: Uint8Array) => void,
  words: { nothing: string; done?: string; slice?: SliceView; from?: readonly MaskSource[] },
) {
  const { id } = words.slice ?? currentSlice(core.get());
  if (!core.drawings.mayBegin(id))
    return say(core, id, "This slice cannot be drawn on at the moment. Try again.");
  const made = words.from ? { from: words.from } : {};
  say(core, id, core.drawings.edit(id, tool, work, made) ? (words.done ?? null) : words.nothing);
}

interface MadeMask {
  mask: Uint8Array;
  /** What it was made from. */
  from: readonly MaskSource[];
}

/** The mask as it stands on a slice: its drawing, else its label's; null without any tumor. */
async function maskOf({ drawings, ports }: Core, of: SliceView): Promise<MadeMask | null> {
  const isUnsaved = drawings.unsaved().some((draft) => draft.sliceId === of.id);
  if (isUnsaved && !drawings.drawingOf(of.id)) await drawings.prepare(drawingBase(of));
  const drawing = drawings.drawingOf(of.id);
  if (drawing)
    return drawing.mask.includes(1) ? { mask: drawing.mask, from: sourcesOf(drawing.draft) } : null;
  if (!of.label?.areaPixels) return null;
  const { id: labelId } = of.label;
  const mask = await ports.server.mask(maskUrls.label(labelId), of.rows, of.columns);
  return { mask, from: [{ kind: "label", labelId }] };
}

export function undo(core: Core): void {
  const { id } = currentSlice(core.get());
  sayStepped(core, "Undone", core.drawings.undo(id));
}

export function redo(core: Core): void {
  const { id } = currentSlice(core.get());
  sayStepped(core, "Redone", core.drawings.redo(id));
}

function sayStepped(core: Core, verb: "Undone" | "Redone", stepped: SteppedAct | null) {
  const { id } = currentSlice(core.get());
  const positions = new Map(slicesOf(core.get()).map((slice) => [slice.id, slice.position]));
  const at = (ids: readonly string[]) => ids.flatMap((one) => positions.get(one) ?? []);
  say(
    core,
    id,
    stepped &&
      steppedWords(verb, { ...stepped, positions: at(stepped.sliceIds), drawnSince: at(stepped.drawnSince) }),
  );
}

export function fillTheHoles(core: Core): void {
  const slice = currentSlice(core.get());
  edit(core, "fill-holes", (mask) => mask.set(fillHoles(mask, slice)), { nothing: "The mask has no holes." });
}

export function clear(core: Core): void {
  edit(core, "clear", (mask) => mask.fill(0), {
    nothing: "The mask is already empty.",
    // Nothing is left of what was there.
    from: [],
    done: "Mask cleared. Ctrl Z restores it.",
  });
}

export async function copyBefore(core: Core): Promise<void> {
  const slice = currentSlice(core.get());
  const before = slicesOf(core.get())[core.get().view.index - 1];
  if (!before) return say(core, slice.id, "There is no previous slice.");
  if (before.rows !== slice.rows || before.columns !== slice.columns)
    return say(core, slice.id, "The previous slice has another size.");
  const copied = await maskOf(core, before);
  if (!copied) return say(core, slice.id, `Slice ${before.position} has no mask.`);
  const nothing = `The mask is that of slice ${before.position} already.`;
  edit(core, "copy", (open) => open.set(copied.mask), { nothing, slice, from: copied.from });
}

export async function acceptAndEdit(core: Core): Promise<void> {
  const slice = currentSlice(core.get());
  const { id, prediction, rows, columns } = slice;
  if (!prediction?.maskSha256) return say(core, id, "The model proposes no mask on this slice.");
  const mask = await core.ports.server.mask(maskUrls.proposed(id, prediction.modelId), rows, columns);
  const nothing = "The mask is already the model’s.";
  const from = [{ kind: "proposal", modelId: prediction.modelId } as const];
  edit(core, "accept", (open) => open.set(mask), { nothing, slice, from });
}

/** Draws the slices of the gap around the one at hand: one act, however many slices it has. */
export async function interpolate(core: Core): Promise<void> {
  const { drawings } = core;
  const slices = slicesOf(core.get());
  const { index } = core.get().view;
  const slice = slices[index]!;
  const drawn = new Set(drawings.unsaved().map((draft) => draft.sliceId));
  const gap = gapToInterpolate(slices, index, (id) => drawn.has(id));
  if (!gap) return say(core, slice.id, "There is no gap between two drawn slices here.");
  const ends = [slices[gap.below]!, slices[gap.above]!] as const;
  const targets = gap.between.map((at) => slices[at]!);
  const odd = [...ends, ...targets].some((one) => one.rows !== slice.rows || one.columns !== slice.columns);
  if (odd) return say(core, slice.id, "The slices of this gap have different sizes.");
  const [below, above] = await Promise.all(ends.map((end) => maskOf(core, end)));
  if (!below || !above) {
    return say(
      core,
      slice.id,
      "A slice at the end of the gap has an empty mask: there is no shape to interpolate from.",
    );
  }
  const from = [...below.from, ...above.from].slice(0, mostSources);
  const masks = masksBetween(slices, gap, below.mask, above.mask, slice, aspectOf({ slice }));
  // Two masks far apart have no shape between them; an empty one must not wipe out what is there.
  const filled = targets.flatMap((target, at) =>
    masks[at]!.includes(1) ? { target, mask: masks[at]! } : [],
  );
  await Promise.all(filled.map(({ target }) => drawings.prepare(drawingBase(target))));
  const act = core.ports.newId();
  const drawnOn = filled.filter(({ target, mask }) =>
    drawings.edit(target.id, "interpolate", (open) => open.set(mask), { act, from }),
  );
  const between = `between slices ${ends[0].position} and ${ends[1].position}`;
  const positions = drawnOn.map(({ target }) => target.position);
  const unseen = drawnOn.map(({ target }) => target.id).filter((id) => id !== currentSlice(core.get()).id);
  core.put("now", { unseenDrawings: new Set([...core.get().now.unseenDrawings, ...unseen]) });
  say(core, slice.id, interpolationWords(between, targets.length - filled.length, positions));
}

/** Gives the drawing of a slice up, here and on the server. */
export async function discard(core: Core, sliceId: string): Promise<void> {
  const draft = core.drawings.drawingOf(sliceId)?.draft;
  if (!draft) return;
  await core.drawings.forget(sliceId);
  try {
    await core.ports.server.removeDraft(draft);
    say(core, sliceId, null);
  } catch {
    say(
      core,
      sliceId,
      "Discarded in this browser. The server could not be reached and may offer the strokes again.",
    );
  }
}

/** The reader's answer where the same slice is drawn in two places. */
export async function settleElsewhere(
  core: Core,
  sliceId: string,
  keep: "here" | "elsewhere",
): Promise<void> {
  const { drawings, sync, ports } = core;
  const drafts = await core.readDrafts();
  // Not answered: the question stays.
  if (!drafts) return;
  const view = drafts.own.find((draft) => draft.sliceId === sliceId);
  const there = view && draftOfView(view, core.get().server.study.id);
  const here = drawings.drawingOf(sliceId)?.draft;
  if (!here) return;
  await sync.forget(sliceId);
  if (!there) sync.changed(drawings.drawingOf(sliceId)?.draft ?? here, ports.now());
  else if (keep === "here") drawings.overrule(there);
  else drawings.replace(there);
}
