import { type Draft, laterOf } from "./draft";

/** One draft that came back, and where its latest state was found. */
export interface RecoveredDraft {
  draft: Draft;
  /** True where the server has this very state. */
  onServer: boolean;
  /** The person's other draft of this slice on the server, drawn elsewhere; null without one. */
  elsewhere: Draft | null;
}

/**
 * Joins what this browser kept with what the server has of the same person's drafts, one a slice: the later state of
 * the same draft wins; of two different drafts the browser's is shown and the other one stays to be chosen.
 */
export function recoverDrafts(kept: readonly Draft[], served: readonly Draft[]): RecoveredDraft[] {
  const onServer = new Map(served.map((draft) => [draft.sliceId, draft]));
  const here = new Map(kept.map((draft) => [draft.sliceId, draft]));
  return [...new Set([...here.keys(), ...onServer.keys()])].map((sliceId) => {
    const own = here.get(sliceId);
    const other = onServer.get(sliceId);
    if (!own) return { draft: other!, onServer: true, elsewhere: null };
    if (!other) return { draft: own, onServer: false, elsewhere: null };
    if (own.id !== other.id) return { draft: own, onServer: false, elsewhere: other };
    const draft = laterOf(other, own);
    return { draft, onServer: draft === other, elsewhere: null };
  });
}
