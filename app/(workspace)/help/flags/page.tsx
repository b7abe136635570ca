import { HelpPage, helpMetadata, Key, Steps } from "../help-page";

export const metadata = helpMetadata("Flags and the queue");

export default function HelpFlagsPage() {
  return (
    <HelpPage topic="Flags and the queue">
      <Steps>
        <li>
          <b>A flag</b> ⚑ says why a slice needs review: the model in production has a low confidence, it
          disagrees with an imported label, or the image alone and the adjacent slices disagree.
        </li>
        <li>
          <b>Any label by a person ends the flag</b>, also one that keeps what was on file. Undo brings it
          back.
        </li>
        <li>
          <b>Flagged</b> lists the flagged slices of training patients, least certain first. Filter them, and
          begin with Start review: the bar above the pictures says how many are left. A decision leads to the
          next slice; <Key of="next-flagged" /> skips one, <Key of="queue-back" /> goes back.
        </li>
        <li>
          <b>A patient kept for testing</b> is read without the model’s prediction and flags until you have
          decided: accuracy is measured on these slices.
        </li>
        <li>
          Outside of the queue <Key of="next-flagged" /> goes to the next flagged slice, also in another
          study. <Key of="next-unlabelled" /> goes to a slice without a label, of the patient with the fewest
          labels.
        </li>
        <li>
          <b>After a decision</b>, in the right column, chooses where the room goes by itself: it stays, or
          goes to the next flagged slice, or to the next one without a label. This browser remembers it.
        </li>
        <li>
          <b>The strip</b> below the pictures shows where each slice stands, by shape and word: imported,
          confirmed, agreed, changed, flagged. Its filters show only flagged or changed slices, or those whose
          label differs from the model.
        </li>
        <li>
          <b>Worklist</b> shows the flagged slices of each study. Show: with flagged slices leaves out the
          others; the heading Lowest confidence, unreviewed sorts by it.
        </li>
        <li>
          <b>Another model in production has flags of its own</b>: the queue can change after a promotion.
          Slices that people have labelled stay out of it.
        </li>
      </Steps>
    </HelpPage>
  );
}
