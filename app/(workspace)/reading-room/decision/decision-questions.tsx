import { ChoiceDialog } from "@/app/_ui/choice-dialog";
import { classWord, reasonWord, unsureReasons } from "@/app/_ui/label-words";
import { useRoom, useRoomItself } from "../use-room";

/** What the reader is asked before a decision is saved. */
export function DecisionQuestions() {
  const room = useRoomItself();
  const question = useRoom(({ now }) => now.question);
  const drawnPixels = useRoom(({ now }) => now.drawing?.areaPixels ?? 0);
  const close = () => room.run("close-question");
  if (question?.kind === "drawn") {
    const { decision, choices } = question;
    return (
      <ChoiceDialog
        key="drawn"
        title="You have drawn on this slice"
        text={`Your drawing has ${drawnPixels.toLocaleString("en")} px of tumor and is not saved. “${decision.title}” stores ${classWord(decision.labelClass)}, without it.`}
        choices={choices.map((choice) => ({
          title: choice.title,
          onChoose: () => room.run("confirm", choice),
        }))}
        onClose={close}
      />
    );
  }
  if (question?.kind === "replaces") {
    const { decision, dice } = question;
    return (
      <ChoiceDialog
        key="replaces"
        title={decision.mask === "none" ? "Remove the mask on file?" : "Replace the mask on file?"}
        text={
          decision.mask === "none"
            ? `The model has no mask here. Stored: ${decision.stores}.`
            : `The model’s mask differs much from the one on file (Dice ${dice.toFixed(2)}). Stored: ${decision.stores}.`
        }
        choices={[
          { title: decision.title, onChoose: () => room.run("confirm-replacing", decision) },
          { title: "Keep label and mask", onChoose: () => room.run("keep") },
        ]}
        onClose={close}
      />
    );
  }
  if (question?.kind === "save-all") {
    const { slices } = question;
    return (
      <ChoiceDialog
        key="save-all"
        title={`Save ${slices.length} ${slices.length === 1 ? "drawing" : "drawings"}?`}
        text={
          <ul className="max-h-[40dvh] overflow-y-auto">
            {slices.map(({ position, stores }) => (
              <li key={position}>
                Slice {position}: {stores}
              </li>
            ))}
          </ul>
        }
        choices={[
          {
            title: slices.length === 1 ? "Save the drawing" : `Save all ${slices.length} drawings`,
            onChoose: () => room.run("save-all"),
          },
        ]}
        onClose={close}
      />
    );
  }
  if (question?.kind === "reason") {
    const { decision } = question;
    return (
      <ChoiceDialog
        key="reason"
        title="Why are you unsure?"
        text="Training leaves the slice out. The reason helps the next reader."
        choices={unsureReasons.map((reason) => ({
          title: reasonWord(reason),
          onChoose: () => room.run("give-reason", { decision, reason }),
        }))}
        onClose={close}
      />
    );
  }
  return null;
}
