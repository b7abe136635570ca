import { type Draft, laterOf } from "./draft";

/** One draft that came back, and where its latest state was found. */
export interface RecoveredDraft {
  draft: Draft;
  /** True where the server has this very state; null where it has not answered yet. */
  onServer: boolean | null;
  /** Revisions of it that the server may have; null where it has not answered yet. */
  served: readonly number[] | null;
}

/**
 * Joins what this browser kept with what the server has of the same person's drafts, one a slice: the later state of
 * the same draft wins; of two different drafts the browser's is shown, and the server, when it is sent, says that
 * there is another one. `served` is null while the server has not answered.
 */
export function recoverDrafts(kept: readonly Draft[], served: readonly Draft[] | null): RecoveredDraft[] {
  if (!served) return kept.map((draft) => ({ draft, onServer: null, served: null }));
  const onServer = new Map(served.map((draft) => [draft.sliceId, draft]));
  const here = new Map(kept.map((draft) => [draft.sliceId, draft]));
  return [...new Set([...here.keys(), ...onServer.keys()])].map((sliceId) => {
    const own = here.get(sliceId);
    const other = onServer.get(sliceId);
    if (!own) return { draft: other!, onServer: true, served: [other!.revision] };
    if (other?.id !== own.id) return { draft: own, onServer: false, served: [own.revision] };
    // Of equal ones the browser's: it knows which strokes were one act.
    const draft = sameStrokes(own, other) ? own : laterOf(other, own);
    // What this browser sent last may still arrive.
    return { draft, onServer: other.revision >= own.revision, served: [other.revision, own.revision] };
  });
}

function sameStrokes(one: Draft, other: Draft): boolean {
  return (
    one.revision === other.revision &&
    one.strokes.length === other.strokes.length &&
    one.strokes.every(({ tool, change }, at) => {
      const against = other.strokes[at]!;
      return (
        tool === against.tool &&
        change.length === against.change.length &&
        change.every((byte, index) => byte === against.change[index])
      );
    })
  );
}
