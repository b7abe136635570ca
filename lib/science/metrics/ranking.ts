/**
 * Slices from the highest P(tumor) to the lowest, sorted once so that the curves, and every resample of a
 * bootstrap, need one pass each.
 */
export interface Ranking {
  /** `[slices]`: the slice at each rank. */
  order: Uint32Array;
  /** `[groups]`: one past the last rank of each group of equal P(tumor). Ties must be taken together. */
  groupEnds: Uint32Array;
}

/** Ranks `p`, `[slices]`, in any order. */
export function rankSlices(p: ArrayLike<number>): Ranking {
  const order = Uint32Array.from({ length: p.length }, (_, index) => index);
  order.sort((a, b) => p[b]! - p[a]!);
  const ends: number[] = [];
  for (let rank = 1; rank <= order.length; rank++) {
    if (rank === order.length || p[order[rank]!] !== p[order[rank - 1]!]) ends.push(rank);
  }
  return { order, groupEnds: Uint32Array.from(ends) };
}
