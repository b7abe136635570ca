import { sourceWords } from "@/app/_ui/label-words";
import { clockText } from "@/app/_ui/time";
import { signInHref } from "../label/sign-in-href";
import { othersHere, overtakenBy, strokesStanding } from "../room/selectors";
import { useRoom } from "../use-room";

/**
 * What a reader must know before deciding on this slice: others who draw here, a label saved meanwhile, strokes that
 * came back.
 */
export function SliceNotices() {
  const here = useRoom(othersHere);
  const overtaking = useRoom(overtakenBy);
  const recoveredFrom = useRoom(({ now }) => now.drawing?.recoveredFrom ?? null);
  const recoveredStrokes = useRoom(strokesStanding);
  const problem = useRoom(({ now }) => now.drawingProblem);
  const signedOut = useRoom(({ server }) => server.signedOut);
  return (
    <div role="status" aria-label="Notices" className="grid gap-1 empty:hidden">
      {here.map(({ authorName, updatedAt }) => (
        <p key={authorName} className="rounded-md border border-flag px-2 py-1">
          <span className="text-flag">▲ {authorName} is drawing on this slice</span>
          <span className="text-muted">, last at {clockText(updatedAt)}. Whoever saves second is asked.</span>
        </p>
      ))}
      {overtaking && (
        <p className="rounded-md border border-human px-2 py-1">
          <span className="text-human">▲ Version {overtaking.version} was saved meanwhile</span>
          <span className="text-muted"> by {sourceWords(overtaking)}.</span>
        </p>
      )}
      {recoveredFrom !== null && recoveredStrokes > 0 && (
        <p className="rounded-md border border-human px-2 py-1">
          <span className="text-human">
            ✎ Unsaved drawing ({recoveredStrokes} {recoveredStrokes === 1 ? "stroke" : "strokes"}) from{" "}
            {clockText(new Date(recoveredFrom))} restored.
          </span>
          <span className="text-muted"> Continue, save or discard.</span>
        </p>
      )}
      {signedOut && (
        <p role="alert" className="rounded-md border border-flag px-2 py-1">
          <span className="text-flag">▲ Your session has ended.</span> Unsaved strokes are kept in this
          browser:{" "}
          <a className="text-accent underline" href={signInHref()}>
            sign in again
          </a>
          .
        </p>
      )}
      {problem && (
        <p role="alert" className="text-flag">
          ▲ This slice cannot be drawn on: {problem}
        </p>
      )}
    </div>
  );
}
