import { seededRandom, seedOf } from "../training/random";

/**
 * How the next slices to label are chosen:
 * - `study`: study after study, each from its first slice to its last, as readers read;
 * - `random`: any slices;
 * - `doubt`: those of the least confidence (the probability of the class that was called), as the product's "Doubt
 *   first" and flagged list have it; uncertainty sampling of Lewis and Gale 1994;
 * - `disagreement`: those on which the heads differ most; query by committee of Seung, Opper and Sompolinsky 1992.
 */
export const strategies = ["study", "random", "doubt", "disagreement"] as const;
export type Strategy = (typeof strategies)[number];

/** A slice that could be labelled next, with what the model of the moment says of it. */
export interface Candidate {
  patient: string;
  /** Tells studies apart. */
  studyKey: string;
  position: number;
  /** Probability of the class that was called, 0 to 1. */
  confidence: number;
  /** Standard deviation over the heads, 0 to 0.5. */
  headSpread: number;
}

/**
 * The `count` slices to label next, best first; all candidates where there are fewer. `cap`: at most so many of one
 * patient (null: no cap), unless the others have too few left: then a second, a third portion is taken, so that a
 * batch is always full.
 *
 * Ties and chance are decided by `seed` (unsigned 32-bit) and the slice itself, so that the same candidates give the
 * same slices in any order, and a slice keeps its turn from batch to batch.
 */
export function pickSlices<C extends Candidate>(
  strategy: Strategy,
  candidates: readonly C[],
  count: number,
  cap: number | null,
  seed: number,
): C[] {
  const ranked = rank(strategy, candidates, seed);
  const taken = new Map<string, number>();
  const portions = ranked.map((candidate, rank) => {
    const before = taken.get(candidate.patient) ?? 0;
    taken.set(candidate.patient, before + 1);
    return { candidate, rank, portion: cap === null ? 0 : Math.floor(before / cap) };
  });
  return portions
    .sort((a, b) => a.portion - b.portion || a.rank - b.rank)
    .slice(0, count)
    .map(({ candidate }) => candidate);
}

/** An even share of a batch for each patient, rounded up: 24 slices of 10 patients are 3 of each at most. */
export function evenCap(count: number, candidates: readonly Pick<Candidate, "patient">[]): number {
  const patients = new Set(candidates.map(({ patient }) => patient)).size;
  return Math.max(1, Math.ceil(count / Math.max(1, patients)));
}

function rank<C extends Candidate>(strategy: Strategy, candidates: readonly C[], seed: number): C[] {
  const keyed = candidates.map((candidate) => {
    const { studyKey, position, confidence, headSpread } = candidate;
    const draw = seededRandom(seedOf("pick", seed, studyKey, position))();
    const studyDraw = seededRandom(seedOf("pick-study", seed, studyKey))();
    const keys: Record<Strategy, number[]> = {
      study: [studyDraw, position],
      random: [draw],
      doubt: [confidence, draw],
      disagreement: [-headSpread, draw],
    };
    return { candidate, keys: keys[strategy] };
  });
  return keyed.sort((a, b) => compareKeys(a.keys, b.keys)).map(({ candidate }) => candidate);
}

function compareKeys(a: readonly number[], b: readonly number[]): number {
  for (const [index, key] of a.entries()) if (key !== b[index]) return key - b[index]!;
  return 0;
}
