import { ChoiceDialog } from "@/app/_ui/choice-dialog";
import { classWord, reasonWord, unsureReasons } from "@/app/_ui/label-words";
import { decisions } from "../room/selectors";
import type { Question } from "../room/state";
import { useRoom, useRoomItself } from "../use-room";

/** What the reader is asked before a decision is saved. */
export function DecisionQuestions() {
  const room = useRoomItself();
  const question = useRoom(({ now }) => now.question);
  const drawnPixels = useRoom(({ now }) => now.drawing?.areaPixels ?? 0);
  const keep = useRoom(decisions).find(({ key }) => key === "A");
  const close = () => room.run("close-question");
  // First, where the focus is: what changes nothing.
  const keeping = keep?.isOpen ? [{ title: keep.title, onChoose: () => room.run("keep") }] : [];
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
  if (question?.kind === "replaces" || question?.kind === "test-patient") {
    const { decision } = question;
    return (
      <ChoiceDialog
        key={question.kind}
        {...aboutModel(question)}
        choices={[
          ...keeping,
          { title: decision.title, onChoose: () => room.run("confirm-replacing", decision) },
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

/** What is asked before the model labels a slice. */
function aboutModel(question: Extract<Question, { kind: "replaces" | "test-patient" }>) {
  const { stores, mask } = question.decision;
  if (question.kind === "test-patient")
    return {
      title: "Label a test slice by the model?",
      text: `This patient is kept for testing: the model’s accuracy is measured against this label. Stored: ${stores}.`,
    };
  return mask === "none"
    ? {
        title: "Remove the mask on file?",
        text: `The model has no mask here. Its label stores: ${stores}.`,
      }
    : {
        title: "Replace the mask on file?",
        text: `The model’s mask differs much from the one on file (Dice ${question.dice.toFixed(2)}). Its label stores: ${stores}.`,
      };
}
