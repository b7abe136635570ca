import { evidenceNames, studyEvidence } from "@/lib/science/network/study-evidence";
import type { Folds } from "@/lib/science/training/assign-folds";
import { fitLogistic, logisticMargins } from "@/lib/science/training/fit-logistic";
import { STACKING_RIDGE } from "@/lib/science/training/fit-stacking";
import { groupBy } from "@/lib/science/training/group-by";
import type { ProtocolSlice } from "./embedded-set";
import type { OutOfFoldMargin } from "./score";

export const columns = evidenceNames({ hasGap: true, hasMask: true });

/** Rows of evidence of the slices that have a fold, with margins of heads that were not fitted on them. */
export function evidenceOf(
  margins: ReadonlyMap<ProtocolSlice, number>,
  { mirrored = false } = {},
): Map<ProtocolSlice, Float64Array> {
  const rows = new Map<ProtocolSlice, Float64Array>();
  for (const study of groupBy([...margins.keys()], ({ studyKey }) => studyKey).values()) {
    const evidence = studyEvidence(
      study.map((slice) => ({
        position: slice.position,
        headMargin: margins.get(slice)!,
        gapLogit: mirrored
          ? (slice.embedding.gapLogit! + slice.mirrored.gapLogit!) / 2
          : slice.embedding.gapLogit,
        maskLogits: mirrored ? meanMask(slice) : slice.embedding.maskLogits,
      })),
    );
    for (const [index, slice] of study.entries())
      rows.set(slice, evidence.subarray(index * columns.length, (index + 1) * columns.length));
  }
  return rows;
}

/** Out-of-fold margins of stacking some columns. */
export function stackOutOfFold(
  evidence: ReadonlyMap<ProtocolSlice, Float64Array>,
  folds: Folds,
  used: readonly string[],
  {
    ridge = STACKING_RIDGE,
    label = ({ truth }: ProtocolSlice) => ({ truth, weight: 1 }),
  }: { ridge?: number; label?: (slice: ProtocolSlice) => { truth: 0 | 1; weight: number } } = {},
): OutOfFoldMargin[] {
  const at = used.map((name) => columns.indexOf(name));
  const rows = (slices: ProtocolSlice[]) =>
    Float64Array.from(slices.flatMap((slice) => at.map((column) => evidence.get(slice)![column]!)));
  const all = [...evidence.keys()];
  return Array.from({ length: folds.count }, (_, fold) => {
    const inside = all.filter(({ hashedKey }) => folds.of.get(hashedKey) === fold);
    const others = all.filter(({ hashedKey }) => folds.of.get(hashedKey) !== fold);
    const stacking = fitLogistic(
      rows(others),
      others.map((slice) => label(slice).truth),
      {
        ridge,
        rowWeights: others.map((slice) => label(slice).weight),
      },
    );
    const margins = logisticMargins(rows(inside), stacking);
    return inside.map(({ hashedKey: patient, truth }, row) => ({
      patient,
      fold,
      truth,
      margin: margins[row]!,
    }));
  }).flat();
}

/** The mask's logits averaged with those of the mirror image, mirrored back. */
function meanMask({ embedding, mirrored }: ProtocolSlice): Float32Array {
  const [own, other] = [embedding.maskLogits!, mirrored.maskLogits!];
  return own.map((logit, cell) => (logit + other[cell - (cell % 64) + 63 - (cell % 64)]!) / 2);
}
