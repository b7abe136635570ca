import { groupBy } from "./group-by";

/** What of a slice says whose it is and what it holds: 1 tumor, 0 none, null where nobody has said. */
interface Slice {
  hashedKey: string;
  truth: 0 | 1 | null;
}

export interface LabelledPatient<Labelled> {
  hashedKey: string;
  /** Share of the patient's labelled slices that hold tumor, 0 to 1. */
  tumorShare: number;
  /** The labelled ones, in the order in which they came. */
  slices: Labelled[];
}

/**
 * The patients of slices, in the order in which they come, for a split or for folds. A patient of which no slice is
 * labelled is none.
 */
export function labelledPatients<Any extends Slice>(
  slices: Iterable<Any>,
): LabelledPatient<Any & { truth: 0 | 1 }>[] {
  const labelled = [...slices].filter((slice): slice is Any & { truth: 0 | 1 } => slice.truth !== null);
  return [...groupBy(labelled, ({ hashedKey }) => hashedKey)].map(([hashedKey, own]) => ({
    hashedKey,
    tumorShare: own.filter(({ truth }) => truth === 1).length / own.length,
    slices: own,
  }));
}
