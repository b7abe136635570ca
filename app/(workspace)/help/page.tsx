import Link from "next/link";
import { HelpPage, helpMetadata, Key, Steps } from "./help-page";

export const metadata = helpMetadata("Read a study");

export default function HelpReadPage() {
  return (
    <HelpPage topic="Read a study">
      <Steps>
        <li>
          <b>Open a study</b> from Worklist, or the least certain slice from Flagged. The pictures stand in
          the middle, the tools on the left, the decision on the right, the slices of the study below.
        </li>
        <li>
          <b>Move through the slices</b> with the wheel or with <Key of="slice-before" />{" "}
          <Key of="slice-after" />. <Key of="strip-before" /> <Key of="strip-after" /> follow the order of the
          strip below, which can also be sorted by P(tumor) or by doubt.
        </li>
        <li>
          <b>Look</b>: drag with the left button for width and level. Keys <Key of="preset-1" /> to{" "}
          <Key of="preset-5" /> set a window, <Key of="invert" /> inverts, <Key of="reset" /> resets window,
          zoom and position, <Key of="layout" /> changes between one, two and three views.
        </li>
        <li>
          <b>What the model says</b> stands on the right: the predicted class, its confidence, P(tumor) and
          the cut-off for tumor. <Key of="heatmap" /> shows which parts of the picture speak for and against
          tumor; a heatmap is no outline.
        </li>
        <li>
          <b>The lines</b>: the model’s mask is dashed, the import’s dotted, the label’s solid.{" "}
          <Key of="mask" /> hides and shows all masks; the toolbar has a switch for each.
        </li>
        <li>
          <b>Decide</b> with one key (Correct a label). Letter keys work while the pictures have the focus,
          shown by a blue frame, or the strip: click into the pictures if a key does nothing.
        </li>
        <li>
          <b>The group’s own rules</b> are on the page{" "}
          <Link href="/protocol" className="text-accent underline underline-offset-2">
            Protocol
          </Link>
          , and over the pictures with the toolbar’s Protocol button.
        </li>
        <li>
          <Key of="study-before" /> and <Key of="study-after" /> open the previous and the next study.
        </li>
      </Steps>
    </HelpPage>
  );
}
