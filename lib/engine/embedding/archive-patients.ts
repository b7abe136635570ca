import { labelledPatients } from "@/lib/science/training/labelled-patients";

interface SliceOfArchive {
  hashedKey: string;
  site: string;
  truth: 0 | 1 | null;
}

/** The patients of an archive's slices as `splitByPatient` and `assignFolds` take them; `seen`: by the base, hashed. */
export function archivePatients(slices: readonly SliceOfArchive[], seen: Pick<ReadonlySet<string>, "has">) {
  return labelledPatients(slices).map(({ hashedKey, tumorShare, slices: [first] }) => ({
    key: hashedKey,
    hashedKey,
    site: first!.site,
    tumorShare,
    seenByAncestor: seen.has(hashedKey),
    seenByBase: seen.has(hashedKey),
  }));
}
