import { groupBy } from "@/lib/science/training/group-by";

interface SliceOfArchive {
  hashedKey: string;
  site: string;
  truth: 0 | 1 | null;
}

/** The patients of an archive's slices as `splitByPatient` and `dealFolds` take them; `seen`: by the base, hashed. */
export function archivePatients(slices: readonly SliceOfArchive[], seen: Pick<ReadonlySet<string>, "has">) {
  return [...groupBy(slices, ({ hashedKey }) => hashedKey)].map(([hashedKey, all]) => {
    const own = all.filter(({ truth }) => truth !== null);
    return {
      key: hashedKey,
      hashedKey,
      site: all[0]!.site,
      tumorShare: own.filter(({ truth }) => truth === 1).length / own.length,
      seenByAncestor: seen.has(hashedKey),
      seenByBase: seen.has(hashedKey),
    };
  });
}
