import type { DecisionKey } from "../../label/decisions";
import type { Core } from "../core";
import { askToSaveAll, decide } from "../decide";
import { decisions, isReady, isSaving, mayLabel, strokesStanding, strokesUndone } from "../selectors";
import type { RoomState } from "../state";
import { undoDecision, undoLastDecision } from "../undo-decision";
import { inGroup } from "./command";

const group = inGroup("Decision");

const decisionOf = (state: RoomState, key: DecisionKey) => decisions(state).find((one) => one.key === key)!;

const byKey = (key: DecisionKey, does: string) =>
  group({
    does,
    keys: [key.toLowerCase().replace(" ", "+")],
    when: (state: RoomState) => isReady(state) && !isSaving(state) && decisionOf(state, key).isOpen,
    otherwise(state: RoomState) {
      if (!mayLabel(state)) return null;
      if (isSaving(state)) return "The decision before this one is being saved: press again.";
      if (!isReady(state)) return "Nothing was stored: the picture is not there yet.";
      const { title, stores } = decisionOf(state, key);
      return `Nothing was stored. ${title}: ${stores}.`;
    },
    run: (core: Core) => decide(core, decisionOf(core.get(), key)),
  });

export const decisionCommands = {
  keep: byKey("A", "Keep label and mask as they are on file"),
  "use-model": byKey("Y", "Use the model’s label and mask"),
  "no-tumor": byKey("X", "No tumor"),
  tumor: byKey("Shift X", "Tumor"),
  unsure: byKey("U", "Unsure"),
  submit: byKey("S", "Save your drawing"),
  "save-drawings": group({
    does: "Save all drawn slices of the study",
    keys: ["shift+s"],
    when: (state: RoomState) => mayLabel(state) && state.now.unsaved.length > 0,
    otherwise: () => "No slice of this study has a drawing to save.",
    run: askToSaveAll,
  }),
  "undo-decision": group({
    name: "Undo the last decision",
    does: "Undo the last decision, redo it",
    keys: ["ctrl+z"],
    when: (state: RoomState) => mayLabel(state) && strokesStanding(state) === 0 && strokesUndone(state) === 0,
    // Who undoes strokes and presses once too often means no decision.
    otherwise: (state: RoomState) => (mayLabel(state) ? "Nothing more to undo in this drawing." : null),
    run: undoLastDecision,
  }),
  "redo-decision": group({
    does: "Undo the last decision, redo it",
    keys: ["ctrl+y", "ctrl+shift+z"],
    when: (state: RoomState) =>
      mayLabel(state) && strokesUndone(state) === 0 && state.now.told?.takesBack?.verb === "Redo",
    otherwise: (state: RoomState) => (mayLabel(state) ? "Nothing more to redo on this slice." : null),
    run(core: Core) {
      const { takesBack } = core.get().now.told ?? {};
      return takesBack ? undoDecision(core, takesBack.labelId, takesBack.verb) : undefined;
    },
  }),
  "say-reason": group({
    does: "Choose a reason, write a note",
    keys: ["shift+r"],
    when: mayLabel,
    run: (core) => core.ports.page.focus("reason"),
  }),
  "say-note": group({
    does: "Choose a reason, write a note",
    keys: ["shift+e"],
    when: mayLabel,
    run: (core) => core.ports.page.focus("note"),
  }),
  heatmap: group({
    name: "Heatmap",
    does: "Heatmap on, off",
    keys: ["h"],
    run: (core) => core.put("view", { heatmap: !core.get().view.heatmap }),
  }),
};
