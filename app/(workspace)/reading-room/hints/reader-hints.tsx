import { keyOf } from "../keys/use-command";
import { useRoom, useRoomItself } from "../use-room";

/** What helps most in a first study, in the order in which it is needed; the keys are those of the table of commands. */
const hints = [
  `${keyOf("keep")} keeps the label and mask on file.`,
  `${keyOf("undo-decision")} takes the last decision back.`,
  `Drawings are kept as drafts; ${keyOf("submit")} saves one.`,
  `${keyOf("keys")} lists all keys.`,
];

/**
 * One hint at a time in a reader's first study, until each is dismissed. They stand in the line below the room: no
 * picture and no control lies there.
 */
export function ReaderHints() {
  const room = useRoomItself();
  const at = useRoom(({ now }) => now.hintsDismissed) ?? hints.length;
  const hint = hints[at];
  if (hint === undefined) return null;
  const isLast = at + 1 === hints.length;
  return (
    <aside
      aria-label="Hint"
      className="fixed right-3.5 bottom-0 z-10 flex h-[21px] items-center gap-2 bg-panel text-xs"
    >
      <span className="text-accent">
        Hint {at + 1} of {hints.length}
      </span>
      <span>{hint}</span>
      <HintButton onClick={() => room.run("dismiss-hints", at + 1)}>
        {isLast ? "Close hint" : "Next hint"}
      </HintButton>
      {!isLast && (
        <HintButton onClick={() => room.run("dismiss-hints", hints.length)}>No more hints</HintButton>
      )}
    </aside>
  );
}

function HintButton({ onClick, children }: { onClick: () => void; children: string }) {
  return (
    <button type="button" className="px-1 text-muted underline hover:text-text" onClick={onClick}>
      {children}
    </button>
  );
}
