import type { Page } from "./ports";

/** Whose hints, and in which study. */
interface Reader {
  readerId: string;
  studyId: string;
}

const keyOf = ({ readerId }: Reader) => `sulcus.hints.${readerId}`;

/**
 * How many hints this person has dismissed in their first study, as this browser remembers it; null where none is to be
 * shown: this is another study, or the browser keeps nothing, so that hints would never end. The first study that is
 * asked about is the first one.
 */
export function recallHints(page: Page, reader: Reader): number | null {
  const kept = page.recall(keyOf(reader));
  if (kept === null) {
    rememberHints(page, reader, 0);
    return page.recall(keyOf(reader)) === null ? null : 0;
  }
  const [first, dismissed] = kept.split(" ");
  return first === reader.studyId ? Number(dismissed) || 0 : null;
}

export function rememberHints(page: Page, reader: Reader, dismissed: number): void {
  page.remember(keyOf(reader), `${reader.studyId} ${dismissed}`);
}
