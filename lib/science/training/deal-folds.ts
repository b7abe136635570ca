import { seededRandom, seedOf } from "./random";

export interface PatientToDeal {
  /** The hashed key, so that the deal depends on nothing else. */
  hashedKey: string;
  /** Whether the base was fitted on this patient: what it says of such a one is better than of any other. */
  seenByBase: boolean;
  /** Share of the patient's slices that hold tumor, 0 to 1. */
  tumorShare: number;
}

export interface Folds {
  /** How many there are: one head each. */
  count: number;
  /** By hashed key: the fold whose head is not fitted on this patient; null for one that every head is fitted on. */
  of: Map<string, number | null>;
  /** Whether patients that the base has seen had to be dealt too: then what is fitted out of fold is optimistic. */
  dealtSeen: boolean;
}

/**
 * Deals the patients that a model learns from into folds, whole, for cross-fitting (Wolpert 1992, stacked
 * generalisation): head k is fitted on all but fold k, so that every dealt patient is judged by a head that has not
 * seen it. Patients that the base has seen are fitted on by all heads and judged by none, since the base knows them;
 * only where fewer than two others are there are they dealt as well.
 *
 * At most `heads` folds, never more than patients to deal; neighbours in tumor share come into different folds. Each
 * head has a patient to learn from. The same patients and seed (unsigned 32-bit) give the same folds, in any order.
 * Throws a `RangeError` for fewer than two patients.
 */
export function dealFolds(patients: readonly PatientToDeal[], heads: number, seed: number): Folds {
  if (patients.length < 2) throw new RangeError("a model is fitted on at least two patients");
  const unseen = patients.filter(({ seenByBase }) => !seenByBase);
  const dealtSeen = unseen.length < 2;
  const dealt = (dealtSeen ? [...patients] : unseen)
    .map((patient) => ({ ...patient, draw: seededRandom(seedOf("fold", seed, patient.hashedKey))() }))
    .sort((a, b) => a.draw - b.draw || (a.hashedKey < b.hashedKey ? -1 : 1))
    .sort((a, b) => a.tumorShare - b.tumorShare);
  // One fold alone would leave its head without it, and without anybody else where none is seen.
  const count = Math.min(Math.max(2, heads), dealt.length);
  const of = new Map<string, number | null>(patients.map(({ hashedKey }) => [hashedKey, null]));
  for (let first = 0; first < dealt.length; first += count) {
    const order = seededOrder(count, seedOf("fold-order", seed, first));
    for (const [index, { hashedKey }] of dealt.slice(first, first + count).entries())
      of.set(hashedKey, order[index]!);
  }
  return { count, of, dealtSeen };
}

function seededOrder(count: number, seed: number): number[] {
  const random = seededRandom(seed);
  return Array.from({ length: count }, (_, fold) => ({ fold, draw: random() }))
    .sort((a, b) => a.draw - b.draw)
    .map(({ fold }) => fold);
}
