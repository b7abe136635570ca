import { useState } from "react";
import { randomId } from "@/app/_client/random-id";
import { toBase64 } from "@/lib/features/labels/base64";
import type { LabelReason } from "@/lib/features/labels/schema";
import type { SliceView } from "@/lib/features/studies/schema";
import { encodeMask } from "@/lib/science/imaging/mask-rle";
import { type Decision, decisionsFor, waysOut } from "../label/decisions";
import type { Drawing } from "./drawing/drawing";
import type { NewSave } from "./saves/send";

/** What the reader is asked before a decision is saved. */
export type Question =
  /** The decision would contradict or drop what was drawn. */
  | { kind: "drawn"; decision: Decision; choices: Decision[] }
  /** Why it cannot be told. */
  | { kind: "reason"; decision: Decision };

interface Input {
  slice: SliceView;
  drawing: Drawing | null;
  /** False until the picture is on the screen: nobody decides on what they have not seen. */
  ready: boolean;
  reading: { elapsedMs(): number; restart(): void };
  save(save: NewSave): void;
}

interface Words {
  reason: LabelReason | null;
  note: string;
}
const noWords: Words = { reason: null, note: "" };

/** Takes the reader's decision on the slice at hand to a save, asking where it has to be asked. */
export function useDecide({ slice, drawing, ready, reading, save }: Input) {
  const [words, setWords] = useState<ReadonlyMap<string, Words>>(new Map());
  const [question, setQuestion] = useState<Question | null>(null);
  const { reason, note } = words.get(slice.id) ?? noWords;
  const drawn = drawing && drawing.draft.done > 0 ? drawing : null;
  const decisions = decisionsFor(slice, drawn);

  const send = (decision: Decision, why: LabelReason | null) => {
    // A drawing's save has its id, so that the server can let go of the draft; also where the drawing is dropped.
    const draft = drawing?.draft;
    // What was drawn is stated of what it was drawn on, also where all was erased.
    const ofDrawing = draft && decision.key === "S";
    save({
      saveId: draft?.id ?? randomId(),
      revision: draft?.revision ?? null,
      slice,
      basedOn: ofDrawing ? draft.basedOn : (slice.label?.version ?? 0),
      decision,
      drawn: decision.mask === "drawn" && drawing ? encoded(drawing.mask, slice) : null,
      reason: why,
      note,
      readingMs: reading.elapsedMs(),
    });
    reading.restart();
    setWords((before) => new Map(before).set(slice.id, noWords));
  };

  const confirmed = (decision: Decision) => {
    if (decision.labelClass === "CANNOT_TELL" && !reason) setQuestion({ kind: "reason", decision });
    else send(decision, reason);
  };
  const decide = (decision: Decision | undefined) => {
    if (!decision || !ready) return;
    const choices = waysOut(decision, drawn);
    if (choices) setQuestion({ kind: "drawn", decision, choices });
    else confirmed(decision);
  };

  return {
    decisions,
    decide,
    decideByKey: (key: Decision["key"]) => decide(decisions.find((one) => one.key === key)),
    reason,
    note,
    setReason: (next: LabelReason | null) =>
      setWords((before) => new Map(before).set(slice.id, { reason: next, note })),
    setNote: (next: string) => setWords((before) => new Map(before).set(slice.id, { reason, note: next })),
    question,
    /** The answer to a question about a drawing. */
    choose: (decision: Decision) => confirmed(decision),
    /** The answer to why it cannot be told. */
    giveReason: (why: LabelReason) => {
      if (question?.kind === "reason") send(question.decision, why);
    },
    closeQuestion: () => setQuestion(null),
  };
}

function encoded(mask: Uint8Array, { rows, columns }: SliceView): string {
  return toBase64(encodeMask(mask, rows, columns));
}
