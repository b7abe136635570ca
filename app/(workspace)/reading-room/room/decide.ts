import { toBase64 } from "@/lib/features/labels/base64";
import type { LabelReason } from "@/lib/features/labels/schema";
import type { SliceView } from "@/lib/features/studies/schema";
import { encodeMask } from "@/lib/science/imaging/mask-rle";
import { type Decision, waysOut } from "../label/decisions";
import type { Core } from "./core";
import type { Words } from "./saves/save";
import { currentSlice, currentWords, decisions, drawnOn, isReady } from "./selectors";

/** Takes the reader's decision on the slice at hand to a save, asking where it has to be asked. */
export function decide(core: Core, decision: Decision): void {
  const state = core.get();
  if (!isReady(state)) return;
  const choices = waysOut(decision, drawnOn(state));
  if (choices) core.put("now", { question: { kind: "drawn", decision, choices } });
  else confirm(core, decision);
}

export function decisionOf(core: Pick<Core, "get">, key: Decision["key"]): Decision | undefined {
  return decisions(core.get()).find((one) => one.key === key);
}

/** The answer to a question about a drawing. */
export function confirm(core: Core, decision: Decision): void {
  const { reason } = currentWords(core.get());
  if (decision.labelClass === "CANNOT_TELL" && !reason)
    core.put("now", { question: { kind: "reason", decision } });
  else send(core, decision, reason);
}

/** The answer to why it cannot be told. */
export function giveReason(core: Core, decision: Decision, reason: LabelReason): void {
  send(core, decision, reason);
}

function send(core: Core, decision: Decision, reason: LabelReason | null) {
  const state = core.get();
  const slice = currentSlice(state);
  const drawing = core.drawings.settledOf(slice.id);
  // A drawing's save has its id, so that the server can let go of the draft; also where the drawing is dropped.
  const draft = drawing?.draft;
  // What was drawn is stated of what it was drawn on, also where all was erased.
  const ofDrawing = draft && decision.key === "S";
  core.saves.save({
    saveId: draft?.id ?? core.ports.newId(),
    sliceId: slice.id,
    revision: draft?.revision ?? null,
    basedOn: ofDrawing ? draft.basedOn : (slice.label?.version ?? 0),
    modelId: slice.prediction?.modelId ?? null,
    decision: { labelClass: decision.labelClass, mask: decision.mask },
    drawn: decision.mask === "drawn" && drawing ? encoded(drawing.mask, slice) : null,
    words: { reason, note: currentWords(state).note },
    readingMs: core.clock.elapsedMs(),
  });
  core.clock.restart();
  // The save carries them off.
  writeWords(core, slice.id, null);
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
