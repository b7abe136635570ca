import type { DrawingView } from "@/lib/features/labels/schema";
import type { LabelView } from "@/lib/features/studies/schema";
import { sourceWords } from "../label/label-state";
import { signInHref } from "../label/sign-in-href";

interface Props {
  sliceId: string;
  /** Everyone else who draws in the study. */
  others: readonly DrawingView[];
  /** A label that someone else saved while the study was open. */
  overtakenBy: LabelView | null;
  /** When strokes of an earlier visit came back; null where none did. */
  recoveredFrom: number | null;
  /** Strokes of it that stand. */
  recoveredStrokes: number;
  /** Why the slice cannot be drawn on. */
  problem: string | null;
  signedOut: boolean;
}

/** What a reader must know before deciding on this slice. */
export function SliceNotices({
  sliceId,
  others,
  overtakenBy,
  recoveredFrom,
  recoveredStrokes,
  problem,
  signedOut,
}: Props) {
  const here = others.filter((other) => other.sliceId === sliceId);
  return (
    <div role="status" aria-label="Notices" className="grid gap-1 empty:hidden">
      {here.map(({ authorName, updatedAt }) => (
        <p key={authorName} className="rounded-md border border-flag px-2 py-1">
          <span className="text-flag">▲ {authorName} is drawing on this slice</span>
          <span className="text-muted">, last at {timeText(updatedAt)}. Whoever saves second is asked.</span>
        </p>
      ))}
      {overtakenBy && (
        <p className="rounded-md border border-human px-2 py-1">
          <span className="text-human">▲ Version {overtakenBy.version} was saved meanwhile</span>
          <span className="text-muted"> by {sourceWords(overtakenBy)}.</span>
        </p>
      )}
      {recoveredFrom !== null && recoveredStrokes > 0 && (
        <p className="rounded-md border border-human px-2 py-1">
          <span className="text-human">
            ✎ Your {recoveredStrokes} {recoveredStrokes === 1 ? "stroke" : "strokes"} of{" "}
            {timeText(new Date(recoveredFrom))} {recoveredStrokes === 1 ? "is" : "are"} back
          </span>
          <span className="text-muted">, not saved yet: go on drawing, save, or discard them.</span>
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

/** e.g. `14:02`, with the day where that is not today. */
function timeText(date: Date): string {
  const time = date.toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
  const today = new Date().toDateString() === date.toDateString();
  return today ? time : `${date.toLocaleDateString("en-CA")} ${time}`;
}
