import { useEffect, useState } from "react";
import { keyOf } from "../keys/use-command";
import { keepHints, recallHints } from "./hints-seen";

/** What helps most in a first study, in the order in which it is needed. The keys are those of the table of commands. */
const hints = [
  `${keyOf("keep")} keeps the label and mask on file.`,
  `${keyOf("undo-decision")} takes the last decision back.`,
  `Drawings are kept as drafts; ${keyOf("submit")} saves one.`,
  `${keyOf("keys")} lists all keys.`,
];

interface Props {
  userId: string;
  studyId: string;
}

/**
 * One hint at a time in a reader's first study, until each is dismissed. They stand in the line below the room: no
 * picture and no control lies there.
 */
export function ReaderHints({ userId, studyId }: Props) {
  const [at, setAt] = useState(hints.length);
  useEffect(() => setAt(recallHints(userId, studyId) ?? hints.length), [userId, studyId]);
  const hint = hints[at];
  if (hint === undefined) return null;
  const goOn = (to: number) => {
    keepHints(userId, studyId, to);
    setAt(to);
  };
  return (
    <aside
      aria-label="Hint"
      className="fixed right-3.5 bottom-0 z-10 flex h-[21px] items-center gap-2 bg-panel text-xs"
    >
      <span className="text-accent">
        Hint {at + 1} of {hints.length}
      </span>
      <span>{hint}</span>
      <HintButton onClick={() => goOn(at + 1)}>{at + 1 < hints.length ? "Next hint" : "Close"}</HintButton>
      {at + 1 < hints.length && <HintButton onClick={() => goOn(hints.length)}>No more hints</HintButton>}
    </aside>
  );
}

function HintButton({ onClick, children }: { onClick: () => void; children: string }) {
  return (
    <button
      type="button"
      className="cursor-pointer px-1 text-muted underline hover:text-text"
      onClick={onClick}
    >
      {children}
    </button>
  );
}
