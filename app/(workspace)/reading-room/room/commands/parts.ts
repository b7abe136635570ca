import type { LabelReason } from "@/lib/features/labels/schema";
import type { LabelView } from "@/lib/records/label-view";
import type { Decision } from "../../label/decisions";
import type { ComparedLabels } from "../compared-masks";
import type { Core } from "../core";
import { confirm, confirmReplacing, decide, giveReason, saveAll, say } from "../decide";
import { discard, settleElsewhere } from "../drawing/edit";
import type { MaskKind } from "../masks/masks-shown";
import { noteLabel } from "../note-label";
import { type Layout, sequences } from "../picture/hanging";
import type { RelativeWindow } from "../picture/window";
import { goTo, goToSlice, scroll, walk } from "../place";
import { currentSlice, slicesOf, stripShown } from "../selectors";
import type { AfterDecision, Tool } from "../state";
import type { StripView } from "../strip-order";
import type { Told } from "../told";
import { undoDecision } from "../undo-decision";
import { command } from "./command";

/** The drawing that an interpolation left on a slice is seen once the slice is on the screen. */
function noteSeen(core: Core, index: number) {
  const unseen = new Set(core.get().now.unseenDrawings);
  if (unseen.delete(slicesOf(core.get())[index]!.id)) core.put("now", { unseenDrawings: unseen });
}

/** What the parts of the room ask for besides what has a key. */
export const partCommands = {
  "go-to": command({ run: (core, index: number) => goTo(core, index) }),
  "go-to-slice": command({ run: (core, sliceId: string) => goToSlice(core, sliceId) }),
  "go-to-position": command({
    run(core, position: number) {
      const index = slicesOf(core.get()).findIndex((slice) => slice.position === position);
      if (index >= 0) goTo(core, index);
    },
  }),
  scroll: command({ run: (core, by: number) => walk(core, () => scroll(core, by)) }),
  "strip-first": command({ run: (core) => goTo(core, stripShown(core.get())[0] ?? core.get().view.index) }),
  "strip-last": command({
    run: (core) => goTo(core, stripShown(core.get()).at(-1) ?? core.get().view.index),
  }),
  "set-strip": command({ run: (core, strip: StripView) => core.put("view", { strip }) }),

  "set-tool": command({ run: (core, tool: Tool) => core.put("view", { tool }) }),
  "set-tolerance": command({
    run: (core, tolerance: number) =>
      core.put("view", { toolSettings: { ...core.get().view.toolSettings, tolerance } }),
  }),
  "set-layout": command({ run: (core, layout: Layout) => core.put("view", { layout }) }),
  "set-window": command({ run: (core, window: RelativeWindow) => core.put("view", { window }) }),
  "set-cine-rate": command({ run: (core, cineRate: number) => core.put("view", { cineRate }) }),
  "set-mask-opacity": command({ run: (core, maskOpacity: number) => core.put("view", { maskOpacity }) }),
  "toggle-mask": command({
    run(core, kind: MaskKind) {
      const { masks } = core.get().view;
      core.put("view", { masks: { ...masks, [kind]: !masks[kind] } });
    },
  }),
  "next-sequence": command({
    run(core, view: number) {
      const hung = core.get().view.hung.map((sequence, at) => {
        const next = sequences[(sequences.indexOf(sequence) + 1) % sequences.length]!;
        return at === view ? next : sequence;
      });
      core.put("view", { hung });
    },
  }),
  "note-shown": command({
    run(core, { view, index }: { view: number; index: number }) {
      const { shown } = core.get().now;
      if (shown.get(view) !== index) core.put("now", { shown: new Map(shown).set(view, index) });
      noteSeen(core, index);
    },
  }),
  "clear-measurements": command({ run: (core) => core.stage?.deleteMeasurements("all") }),
  "set-letter-keys": command({
    run: (core, letterKeys: boolean) => core.put("view", { letterKeys }),
  }),
  "focus-pictures": command({ run: (core) => core.ports.page.focus("pictures") }),
  "close-keys": command({ run: (core) => core.put("now", { keysOpen: false }) }),
  "dismiss-hints": command({
    run: (core, hintsDismissed: number) => core.put("now", { hintsDismissed }),
  }),
  protocol: command({
    name: "Protocol",
    run: (core) => core.put("now", { protocolOpen: !core.get().now.protocolOpen }),
  }),

  decide: command({ run: (core, decision: Decision) => decide(core, decision) }),
  confirm: command({ run: (core, decision: Decision) => confirm(core, decision) }),
  "give-reason": command({
    run: (core, { decision, reason }: { decision: Decision; reason: LabelReason }) =>
      giveReason(core, decision, reason),
  }),
  "confirm-replacing": command({ run: (core, decision: Decision) => confirmReplacing(core, decision) }),
  "save-all": command({ run: saveAll }),
  "take-back": command({
    run: (core, { labelId, verb }: NonNullable<Told["takesBack"]>) => undoDecision(core, labelId, verb),
  }),
  "close-told": command({ run: (core) => core.put("now", { told: null, nextMessage: null }) }),
  "close-question": command({ run: (core) => core.put("now", { question: null }) }),
  "set-reason": command({ run: (core, reason: LabelReason | null) => say(core, { reason }) }),
  "set-note": command({ run: (core, note: string) => say(core, { note }) }),
  "set-after-decision": command({
    run: (core, afterDecision: AfterDecision) => core.put("view", { afterDecision }),
  }),
  "set-queue-advances": command({
    run: (core, queueAdvances: boolean) => core.put("view", { queueAdvances }),
  }),
  "save-again": command({ run: (core) => core.saves.retry(currentSlice(core.get()).id) }),
  "drop-decision": command({ run: (core) => core.saves.drop(currentSlice(core.get()).id) }),
  "save-on-top": command({ run: (core) => core.saves.saveOnTop(currentSlice(core.get()).id) }),
  "take-theirs": command({
    run(core) {
      const { id } = currentSlice(core.get());
      core.saves.takeTheirs(id);
      return discard(core, id);
    },
  }),
  "note-label": command({
    run: (core, { sliceId, label, byMe }: { sliceId: string; label: LabelView; byMe: boolean }) =>
      noteLabel(core, sliceId, label, byMe),
  }),

  discard: command({ run: (core) => discard(core, currentSlice(core.get()).id) }),
  "settle-elsewhere": command({
    run: (core, keep: "here" | "elsewhere") => settleElsewhere(core, currentSlice(core.get()).id, keep),
  }),

  "compare-versions": command({
    run(core, pair: ComparedLabels | null) {
      const { id: sliceId } = currentSlice(core.get());
      core.put("now", { versions: pair && { sliceId, pair } });
    },
  }),
  "compare-conflict": command({
    run(core) {
      const { id } = currentSlice(core.get());
      core.put("now", { conflictOf: core.get().now.conflictOf === id ? null : id });
    },
  }),
};
