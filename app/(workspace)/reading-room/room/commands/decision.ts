import type { Decision } from "../../label/decisions";
import type { Core } from "../core";
import { decide, decisionOf } from "../decide";
import { decisions, isReady, isSaving } from "../selectors";
import type { RoomState } from "../state";
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
      if (decision) decide(core, decision);
    },
  });

export const decisionCommands = {
  accept: byKey("A", "Accept the prediction"),
  flip: byKey("X", "Reject it: the other class"),
  "cannot-tell": byKey("U", "Cannot tell"),
  submit: byKey("S", "Save what you have drawn"),
  heatmap: group({
    name: "Heatmap",
    does: "Heatmap on, off",
    keys: ["h"],
    run: (core) => core.put("view", { heatmap: !core.get().view.heatmap }),
  }),
};
