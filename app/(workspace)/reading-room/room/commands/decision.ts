import type { Decision } from "../../label/decisions";
import type { Core } from "../core";
import { askToSaveAll, decide, decisionOf } from "../decide";
import { decisions, isReady, isSaving, mayLabel, strokesStanding, strokesUndone } from "../selectors";
import type { RoomState } from "../state";
import { undoDecision, undoLastDecision } from "../undo-decision";
import { inGroup } from "./command";

const group = inGroup("Decision");

const byKey = (key: NonNullable<Decision["key"]>, does: string) =>
  group({
    does,
    keys: [key.toLowerCase()],
    when: (state: RoomState) =>
      isReady(state) && !isSaving(state) && decisions(state).some((decision) => decision.key === key),
    run(core: Core) {
      const decision = decisionOf(core, key);
      return decision && decide(core, decision);
    },
  });

export const decisionCommands = {
  keep: byKey("A", "Keep label and mask as they are on file"),
  "use-model": byKey("Y", "Use the model’s label and mask"),
  "other-class": byKey("X", "State the other class: no tumor, or tumor"),
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
