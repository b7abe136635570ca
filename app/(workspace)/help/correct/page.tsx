import Link from "next/link";
import { reasonWord, unsureReasons } from "@/app/_ui/label-words";
import { HelpPage, helpMetadata, Key, Steps } from "../help-page";

export const metadata = helpMetadata("Correct a label");

export default function HelpCorrectPage() {
  return (
    <HelpPage topic="Correct a label">
      <p className="mb-2 max-w-[90ch] text-base text-muted">
        Each button says what it stores before you press it. A decision is a new version of the label with
        your name; earlier versions stay.
      </p>
      <Steps>
        <li>
          <Key of="keep" /> <b>keeps</b> the label and mask on file: you confirm them.
        </li>
        <li>
          <Key of="use-model" /> <b>uses the model’s</b> label and mask. Where that would replace a mask that
          differs much from the model’s, you are asked first.
        </li>
        <li>
          <Key of="no-tumor" /> says <b>no tumor</b>, which removes a mask; <Key of="tumor" /> says{" "}
          <b>tumor</b>. Of the class on file they say the same as keeping it.
        </li>
        <li>
          <Key of="unsure" /> says <b>unsure</b> and asks why: {unsureReasons.map(reasonWord).join(", ")}.
          Training leaves such a slice out. When to be unsure is for the group’s{" "}
          <Link href="/protocol" className="text-accent underline underline-offset-2">
            protocol
          </Link>{" "}
          to say.
        </li>
        <li>
          <Key of="submit" /> saves <b>your drawing</b>; <Key of="save-drawings" /> saves all drawn slices of
          the study.
        </li>
        <li>
          <Key of="say-reason" /> chooses a <b>reason</b>, <Key of="say-note" /> writes a <b>note</b>. Both go
          with the next decision on this slice.
        </li>
        <li>
          <Key of="undo-decision" /> takes the <b>last decision</b> back, <Key of="redo-decision" /> makes it
          again. My decisions, in the menu under your name, lists your last ones with an Undo for each.
        </li>
        <li>
          <b>This slice’s label</b>, at the bottom of the right column, lists every version: compare two of
          them, or restore one.
        </li>
        <li>
          <b>If someone labelled the slice meanwhile</b>, your decision is not saved over theirs: compare the
          two, take theirs, or save yours on top.
        </li>
        <li>
          <b>If the server cannot be reached</b>, this browser keeps your decisions and drawings.
        </li>
      </Steps>
    </HelpPage>
  );
}
