import { unsureReasons } from "@/app/_ui/label-words";
import { toBase64 } from "@/lib/features/labels/base64";
import type { LabelReason } from "@/lib/features/labels/schema";
import type { SliceView } from "@/lib/features/studies/schema";
import { encodeMask } from "@/lib/science/imaging/mask-rle";
import { dice } from "@/lib/science/metrics/dice";
import { asksBelowDice, type Decision, drawnDecision, replacesMask, waysOut } from "../label/decisions";
import type { Core } from "./core";
import { sourcesOf, strokeToUndo } from "./drawing/draft";
import type { Drawing } from "./drawing/drawing";
import { drawingBase } from "./drawing/edit";
import { maskUrls } from "./masks/slice-masks";
import type { Words } from "./saves/save";
import { currentSlice, currentWords, drawnOn, isReady, slicesOf } from "./selectors";

/**
 * Takes the reader's decision on the slice at hand to a save, asking where it has to be asked: what becomes of a
 * drawing, whether an expert's mask may go, why they are unsure.
 */
export function decide(core: Core, decision: Decision): void | Promise<void> {
  const state = core.get();
  if (!isReady(state) || !decision.isOpen) return;
  const choices = waysOut(decision, drawnOn(state));
  if (choices) core.put("now", { question: { kind: "drawn", decision, choices } });
  else return confirm(core, decision);
}

/** The answer to a question about a drawing. */
export async function confirm(core: Core, decision: Decision): Promise<void> {
  const slice = currentSlice(core.get());
  if (decision.act === "use-model" && core.get().server.study.keptForTesting) {
    core.put("now", { question: { kind: "test-patient", decision } });
    return;
  }
  if (replacesMask(decision, slice)) {
    const overlap = await diceOfReplacement(core, slice, decision);
    // Another slice may be at hand by now, or another label on this one.
    const { id, labelVersion } = currentSlice(core.get());
    if (id !== slice.id || labelVersion !== slice.labelVersion) {
      core.put("now", { told: { words: `Slice ${slice.position}: nothing was saved.`, takesBack: null } });
      return;
    }
    if (overlap < asksBelowDice) {
      core.put("now", { question: { kind: "replaces", decision, dice: overlap } });
      return;
    }
  }
  confirmReplacing(core, decision);
}

/** The answer to whether an expert's mask may go. */
export function confirmReplacing(core: Core, decision: Decision): void {
  const { reason } = currentWords(core.get());
  const isUnsure = decision.act === "state" && decision.labelClass === "CANNOT_TELL";
  if (isUnsure && !unsureReasons.some((one) => one === reason))
    core.put("now", { question: { kind: "reason", decision } });
  else send(core, decision, reason);
}

/** The answer to why they are unsure. */
export function giveReason(core: Core, decision: Decision, reason: LabelReason): void {
  send(core, decision, reason);
}

/** Dice of the mask on file and the one that takes its place; 0 where none does. */
async function diceOfReplacement(core: Core, slice: SliceView, { mask }: Decision): Promise<number> {
  const { id, label, prediction, rows, columns } = slice;
  if (mask !== "proposed" || !label?.maskSha256 || !prediction?.maskSha256) return 0;
  const [before, after] = await Promise.all([
    core.ports.server.mask(maskUrls.label(label.id), rows, columns),
    core.ports.server.mask(maskUrls.proposed(id, prediction.modelId), rows, columns),
  ]);
  return dice(before, after) ?? 1;
}

function send(core: Core, decision: Decision, reason: LabelReason | null) {
  const state = core.get();
  const slice = currentSlice(state);
  const words = { reason, note: currentWords(state).note };
  const drawing = core.drawings.settledOf(slice.id);
  sendSave(core, slice, { decision, drawing, words, batchId: null, readingMs: core.clock.elapsedMs() });
  core.clock.restart();
}

interface Sent {
  decision: Decision;
  drawing: Drawing | null;
  words: Words;
  batchId: string | null;
  readingMs: number | null;
}

function sendSave(core: Core, slice: SliceView, { decision, drawing, words, batchId, readingMs }: Sent) {
  // A drawing's save has its id, so that the server can let go of the draft; also where the drawing is dropped.
  const draft = drawing?.draft;
  const isDrawn = decision.mask === "drawn" && drawing;
  core.saves.save({
    saveId: draft?.id ?? core.ports.newId(),
    sliceId: slice.id,
    revision: draft?.revision ?? null,
    // What was drawn is stated of what it was drawn on, also where all was erased.
    basedOn: draft && decision.act === "draw" ? draft.basedOn : slice.labelVersion,
    modelId: slice.prediction?.modelId ?? null,
    decision: { act: decision.act, labelClass: decision.labelClass, mask: decision.mask },
    drawn: isDrawn ? encoded(drawing.mask, slice) : null,
    drawnFrom: isDrawn ? sourcesOf(drawing.draft) : null,
    batchId,
    words,
    readingMs,
  });
  // The save carries them off.
  writeWords(core, slice.id, null);
}

/** The drawings of the study that stand, in its order: what would be saved together. */
async function drawnSlices(core: Core): Promise<{ slice: SliceView; drawing: Drawing }[]> {
  const drawn = new Set(core.drawings.unsaved().map(({ sliceId }) => sliceId));
  const slices = slicesOf(core.get()).filter(({ id }) => drawn.has(id));
  // What an earlier visit left has no mask yet.
  await Promise.all(slices.map((slice) => core.drawings.prepare(drawingBase(slice))));
  return slices.flatMap((slice) => {
    const drawing = core.drawings.settledOf(slice.id);
    return drawing && drawing.draft.done > 0 ? [{ slice, drawing }] : [];
  });
}

/** Lists the drawn slices of the study, to be saved together. */
export async function askToSaveAll(core: Core): Promise<void> {
  const drawn = await drawnSlices(core);
  const slices = drawn.map(({ slice, drawing }) => ({
    position: slice.position,
    stores: `${drawnDecision(drawing).stores}${isUnseen(core, drawing) ? " · ▲ interpolated, not looked at" : ""}`,
  }));
  core.put("now", { question: { kind: "save-all", slices } });
}

/** The drawing's last stroke is an interpolation, and the reader has not seen it. */
function isUnseen(core: Core, { draft }: Drawing): boolean {
  return core.get().now.unseenDrawings.has(draft.sliceId) && strokeToUndo(draft)?.tool === "interpolate";
}

/** Saves every drawing of the study, each as its slice's next label; one undo takes all of them back. */
export async function saveAll(core: Core): Promise<void> {
  const drawn = await drawnSlices(core);
  const batchId = drawn.length > 1 ? core.ports.newId() : null;
  const words = { reason: null, note: "" };
  const atHand = currentSlice(core.get()).id;
  for (const { slice, drawing } of drawn) {
    // How long the others were looked at is not known.
    const readingMs = slice.id === atHand ? core.clock.elapsedMs() : null;
    sendSave(core, slice, { decision: drawnDecision(drawing), drawing, words, batchId, readingMs });
  }
  core.clock.restart();
}

/** What the reader says of the coming decision on the slice at hand. */
export function say(core: Core, words: Partial<Words>): void {
  const state = core.get();
  writeWords(core, currentSlice(state).id, { ...currentWords(state), ...words });
}

function writeWords(core: Core, sliceId: string, words: Words | null) {
  const all = new Map(core.get().kept.words);
  if (words && (words.reason || words.note)) all.set(sliceId, words);
  else all.delete(sliceId);
  core.put("kept", { words: all });
}

function encoded(mask: Uint8Array, { rows, columns }: SliceView): string {
  return toBase64(encodeMask(mask, rows, columns));
}
