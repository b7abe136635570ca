import { ChoiceDialog } from "@/app/_ui/choice-dialog";
import { labelReasons } from "@/lib/features/labels/schema";
import { classWord, reasonWord } from "../label/label-state";
import type { Question, useDecide } from "../room/decide";

interface Props {
  question: Question | null;
  /** Tumor pixels of the drawing. */
  drawnPixels: number;
  deciding: Pick<ReturnType<typeof useDecide>, "choose" | "giveReason" | "closeQuestion">;
}

/** What the reader is asked before a decision is saved. */
export function DecisionQuestions({ question, drawnPixels, deciding }: Props) {
  if (question?.kind === "drawn") {
    const { decision, choices } = question;
    return (
      <ChoiceDialog
        title="You have drawn on this slice"
        text={`Your drawing has ${drawnPixels.toLocaleString("en")} px of tumor and is not saved. “${decision.title}” means ${classWord(decision.labelClass)}, without it.`}
        choices={choices.map((choice) => ({ title: choice.title, onChoose: () => deciding.choose(choice) }))}
        onClose={deciding.closeQuestion}
      />
    );
  }
  if (question?.kind === "reason") {
    return (
      <ChoiceDialog
        title="Why can it not be told?"
        text="Training leaves the slice out; the reason helps whoever looks next."
        choices={labelReasons.map((reason) => ({
          title: reasonWord(reason),
          onChoose: () => deciding.giveReason(reason),
        }))}
        onClose={deciding.closeQuestion}
      />
    );
  }
  return null;
}
