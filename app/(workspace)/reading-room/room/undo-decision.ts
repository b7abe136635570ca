import type { LabelView } from "@/lib/records/label-view";
import { savedWords, undoneWords } from "../label/said-words";
import type { Core } from "./core";
import { noteLabel } from "./note-label";
import { goToPlace } from "./queue/go-on";
import type { Save } from "./saves/save";
import { isAnySaving, slicesOf } from "./selectors";
import type { Told } from "./told";

/** Tells of a decision that is saved. Of several that one key saved together, all that are by now. */
export function tellSaved(core: Core, { sliceId, batchId, label }: Save, before: LabelView | null): void {
  if (!label) return;
  const slices = slicesOf(core.get());
  const together = [...core.get().kept.saves.values()].filter(
    (save) => batchId !== null && save.batchId === batchId && save.state === "saved",
  );
  const ids = together.length > 0 ? together.map((save) => save.sliceId) : [sliceId];
  const positions = slices.filter(({ id }) => ids.includes(id)).map(({ position }) => position);
  tell(core, {
    words: savedWords(positions, label, before),
    patientKey: core.get().server.study.patientKey,
    takesBack: { labelId: label.id, verb: "Undo" },
  });
}

/** Takes the reader's last decision back, wherever it was made, and goes there. */
export async function undoLastDecision(core: Core): Promise<void> {
  if (isAnySaving(core.get()))
    return tell(core, { words: "The decision is still being saved.", takesBack: null });
  try {
    const decisions = await core.ports.server.myDecisions();
    const last = decisions.find(({ state }) => state === "stands");
    if (!last) return tell(core, { words: "None of your decisions can be undone.", takesBack: null });
    await undoDecision(core, last.label.id, "Undo");
  } catch (error) {
    tellFailure(core, error);
  }
}

/** Takes a decision back (`Undo`), or the taking back of one (`Redo`), and goes there. */
export async function undoDecision(core: Core, labelId: string, verb: "Undo" | "Redo"): Promise<void> {
  const { server, newId } = core.ports;
  try {
    const { studyId, undone, changedSince } = await server.undoDecision(labelId, newId());
    const [first] = undone;
    if (!first) return;
    const told: Told = {
      words: undoneWords(verb, undone, changedSince),
      takesBack: { labelId: first.label.id, verb: verb === "Undo" ? "Redo" : "Undo" },
    };
    const isHere = studyId === core.get().server.study.id;
    if (isHere) {
      for (const { sliceId, label } of undone) noteLabel(core, sliceId, label, true);
      core.saves.forgetSaved(undone.map(({ sliceId }) => sliceId));
    } else {
      // The other study's page may have been fetched ahead.
      for (const { sliceId, label } of undone) core.ports.ownLabels.set(sliceId, label);
    }
    tell(core, told);
    goToPlace(core, { studyId, sliceId: first.sliceId, position: first.position });
  } catch (error) {
    tellFailure(core, error);
  }
}

function tell(core: Core, told: Told) {
  core.put("now", { told });
  // A decision may lead to another study at once: what was done is said there.
  core.ports.page.handOver(told);
}

function tellFailure(core: Core, error: unknown) {
  const words = error instanceof Error ? error.message : "The server could not be reached.";
  tell(core, { words: `Not undone: ${words}`, takesBack: null });
  core.refreshStudy();
}
