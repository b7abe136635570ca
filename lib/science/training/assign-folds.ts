import { seededRandom, seedOf } from "./random";

export interface PatientToAssign {
  /** The hashed key, so that the folds depend on nothing else. */
  hashedKey: string;
  /** Whether the base was fitted on this patient: it does better on such a patient than on any other. */
  seenByBase: boolean;
  /** Share of the patient's slices that hold tumor, 0 to 1. */
  tumorShare: number;
}

export interface Folds {
  /** How many there are: one head each. */
  count: number;
  /** By hashed key: the fold whose head is not fitted on this patient; null for one that every head is fitted on. */
  of: Map<string, number | null>;
  /** Whether patients that the base has seen are assigned too: then out-of-fold figures are optimistic. */
  assignedSeen: boolean;
}

/**
 * Assigns the patients that a model learns from to folds, for stacking (Wolpert 1992, stacked generalisation): head k
 * is fitted on all but fold k, so that every assigned patient is judged by a head that has not seen it. All heads are
 * fitted on the patients that the base has seen, and none judges them, since the base knows them. They are assigned
 * too only where there are fewer than two others.
 *
 * At most `heads` folds, never more than patients to assign; neighbours in tumor share come into different folds. Each
 * head has a patient to learn from. The same patients and seed (unsigned 32-bit) give the same folds, in any order.
 * Throws a `RangeError` for fewer than two patients.
 */
export function assignFolds(patients: readonly PatientToAssign[], heads: number, seed: number): Folds {
  if (patients.length < 2) throw new RangeError("a model is fitted on at least two patients");
  const unseen = patients.filter(({ seenByBase }) => !seenByBase);
  const assignedSeen = unseen.length < 2;
  const assigned = (assignedSeen ? [...patients] : unseen)
    .map((patient) => ({ ...patient, draw: seededRandom(seedOf("fold", seed, patient.hashedKey))() }))
    .sort((a, b) => a.draw - b.draw || (a.hashedKey < b.hashedKey ? -1 : 1))
    .sort((a, b) => a.tumorShare - b.tumorShare);
  // One fold alone would leave its head without it, and without anybody else where none is seen.
  const count = Math.min(Math.max(2, heads), assigned.length);
  const of = new Map<string, number | null>(patients.map(({ hashedKey }) => [hashedKey, null]));
  for (let first = 0; first < assigned.length; first += count) {
    const order = seededOrder(count, seedOf("fold-order", seed, first));
    for (const [index, { hashedKey }] of assigned.slice(first, first + count).entries())
      of.set(hashedKey, order[index]!);
  }
  return { count, of, assignedSeen };
}

function seededOrder(count: number, seed: number): number[] {
  const random = seededRandom(seed);
  return Array.from({ length: count }, (_, fold) => ({ fold, draw: random() }))
    .sort((a, b) => a.draw - b.draw)
    .map(({ fold }) => fold);
}
