import { ChoiceDialog } from "@/app/_ui/choice-dialog";
import { classWord, labelReasons, reasonWord } from "@/app/_ui/label-words";
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
        text={`Your drawing has ${drawnPixels.toLocaleString("en")} px of tumor and is not saved. “${decision.title}” means ${classWord(decision.labelClass)}, without it.`}
        choices={choices.map((choice) => ({
          title: choice.title,
          onChoose: () => room.run("confirm", choice),
        }))}
        onClose={close}
      />
    );
  }
  if (question?.kind === "reason") {
    const { decision } = question;
    return (
      <ChoiceDialog
        key="reason"
        title="Why can it not be told?"
        text="Training leaves the slice out; the reason helps the next reader."
        choices={labelReasons.map((reason) => ({
          title: reasonWord(reason),
          onChoose: () => room.run("give-reason", { decision, reason }),
        }))}
        onClose={close}
      />
    );
  }
  return null;
}
