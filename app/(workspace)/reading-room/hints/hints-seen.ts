/** Which study this browser takes for a person's first, and how many of the hints they have dismissed in it. */
const keyOf = (userId: string) => `sulcus.hints.${userId}`;

/**
 * The number of hints that were dismissed; null where none is shown: this is not the person's first study, or the
 * browser keeps nothing, so that they would come back for ever. The first study that asks is the first one.
 */
export function recallHints(userId: string, studyId: string): number | null {
  try {
    const kept = localStorage.getItem(keyOf(userId));
    if (kept === null) {
      keepHints(userId, studyId, 0);
      return localStorage.getItem(keyOf(userId)) === null ? null : 0;
    }
    const [first, dismissed] = kept.split(" ");
    return first === studyId ? Number(dismissed) || 0 : null;
  } catch {
    return null;
  }
}

export function keepHints(userId: string, studyId: string, dismissed: number): void {
  try {
    localStorage.setItem(keyOf(userId), `${studyId} ${dismissed}`);
  } catch {
    // Nothing is kept: `recallHints` shows none then.
  }
}
