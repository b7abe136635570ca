/**
 * What the network says of the slices of one study, gathered into one row of numbers a slice: its own evidence, that
 * of the study's proposed mask smoothed along the slices, and its neighbours'. Stacking (`fit-stacking.ts`)
 * makes P(tumor) of it. A lesion spans slices, so that what lies beside a slice speaks for or against what it shows.
 */

/** What the base and the heads say of one slice. */
export interface SliceOutput {
  /** The slice's number in its study; neighbours are found by it, so that a gap stays a gap. */
  position: number;
  /** The heads' margin (logit of tumor minus logit of no tumor), averaged over the heads. */
  headMargin: number;
  /** The base's own class score, a logit; null where the base has none. */
  gapLogit: number | null;
  /** `[64, 64]` logits of the proposed mask; null where the base has no decoder. */
  maskLogits: Float32Array | null;
}

/** Neighbours up to this many positions away are looked at. */
export const NEIGHBOUR_REACH = 3;

/** What a mask's logits are boiled down to. Areas are in cells of the 64 x 64 mask, as logarithms. */
const ownMask = ["mask-largest", "mask-top", "mask-area", "mask-expected-area", "mask-sure-area"] as const;
const smoothedMask = ["study-largest", "study-top", "study-area", "study-expected-area"] as const;

/** The columns of a row of evidence, in order, for a base that has a class score and a decoder or lacks them. */
export function evidenceNames({ hasGap, hasMask }: { hasGap: boolean; hasMask: boolean }): string[] {
  const beside = hasMask ? "expected-area" : "head";
  return [
    "head",
    ...(hasGap ? ["gap"] : []),
    ...(hasMask ? [...ownMask, ...smoothedMask] : []),
    ...Array.from({ length: NEIGHBOUR_REACH }, (_, index) => [
      `larger-${beside}-at-${index + 1}`,
      `smaller-${beside}-at-${index + 1}`,
    ]).flat(),
  ];
}

/**
 * Rows of evidence, `[slices, evidenceNames]`, in the order of `slices`, which belong to one study; all have a class
 * score or none, all have a mask or none.
 *
 * - Own: the heads' margin, the base's class score, and of its mask the largest logit, the mean of the 20 largest,
 *   log(1 + cells above 0), log(expected cells), log(1 + cells above 2).
 * - Smoothed: the same of the mask logits averaged over the slices up to 3 positions away, weighted 4, 3, 2, 1.
 * - Beside: log(expected cells) of the slices 1, 2 and 3 positions away, the larger and the smaller of the two sides
 *   (without a mask: their margins). Where one side is missing the other stands for both; where both are, what was
 *   one position nearer. So a study of one slice is its own neighbour.
 *
 * Throws a `RangeError` where two slices share a position.
 */
export function studyEvidence(slices: readonly SliceOutput[]): Float64Array {
  const hasGap = slices.every(({ gapLogit }) => gapLogit !== null);
  const hasMask = slices.every(({ maskLogits }) => maskLogits !== null);
  const width = evidenceNames({ hasGap, hasMask }).length;
  const at = new Map(slices.map((slice, index) => [slice.position, index]));
  if (at.size !== slices.length) throw new RangeError("two slices of a study share a position");
  const masks = slices.map(({ maskLogits }) => (maskLogits ? boilDown(maskLogits) : null));
  const beside = slices.map(({ headMargin }, index) => masks[index]?.expectedArea ?? headMargin);

  const rows = new Float64Array(slices.length * width);
  for (const [index, slice] of slices.entries()) {
    const row: number[] = [slice.headMargin];
    if (hasGap) row.push(slice.gapLogit!);
    if (hasMask) {
      const own = masks[index]!;
      const smooth = boilDown(smoothed(slices, at, slice.position));
      row.push(own.largest, own.top, own.area, own.expectedArea, own.sureArea);
      row.push(smooth.largest, smooth.top, smooth.area, smooth.expectedArea);
    }
    let [larger, smaller] = [beside[index]!, beside[index]!];
    for (let distance = 1; distance <= NEIGHBOUR_REACH; distance++) {
      const sides = [slice.position - distance, slice.position + distance].flatMap((position) => {
        const neighbour = at.get(position);
        return neighbour === undefined ? [] : [beside[neighbour]!];
      });
      if (sides.length > 0) [larger, smaller] = [Math.max(...sides), Math.min(...sides)];
      row.push(larger, smaller);
    }
    rows.set(row, index * width);
  }
  return rows;
}

interface MaskEvidence {
  largest: number;
  top: number;
  area: number;
  expectedArea: number;
  sureArea: number;
}

/** How many of the largest logits are averaged. */
const TOP = 20;
/** Above this logit a cell is tumor almost surely: P > 0.88. */
const SURE = 2;
/** Cells added to the expected area before its logarithm: what an empty mask leaves. */
const LEAST_AREA = 1e-3;

function boilDown(logits: Float32Array): MaskEvidence {
  let [area, sureArea, expected] = [0, 0, 0];
  for (const logit of logits) {
    if (logit > 0) area++;
    if (logit > SURE) sureArea++;
    expected += 1 / (1 + Math.exp(-logit));
  }
  const descending = largestOf(logits);
  return {
    largest: descending[0]!,
    top: descending.reduce((sum, logit) => sum + logit / TOP, 0),
    area: Math.log1p(area),
    expectedArea: Math.log(expected + LEAST_AREA),
    sureArea: Math.log1p(sureArea),
  };
}

/** The 20 largest, from the largest down; a whole sort would take five times as long. */
function largestOf(logits: Float32Array): Float64Array {
  const largest = new Float64Array(TOP).fill(Number.NEGATIVE_INFINITY);
  for (const logit of logits) {
    if (logit <= largest[TOP - 1]!) continue;
    let rank = TOP - 1;
    for (; rank > 0 && largest[rank - 1]! < logit; rank--) largest[rank] = largest[rank - 1]!;
    largest[rank] = logit;
  }
  return largest;
}

/** Mask logits averaged over the slices around a position, the nearer ones weighing more. */
function smoothed(
  slices: readonly SliceOutput[],
  at: ReadonlyMap<number, number>,
  position: number,
): Float32Array {
  const sum = new Float32Array(slices[at.get(position)!]!.maskLogits!.length);
  let weights = 0;
  for (let offset = -NEIGHBOUR_REACH; offset <= NEIGHBOUR_REACH; offset++) {
    const neighbour = at.get(position + offset);
    if (neighbour === undefined) continue;
    const weight = NEIGHBOUR_REACH + 1 - Math.abs(offset);
    const logits = slices[neighbour]!.maskLogits!;
    weights += weight;
    for (let cell = 0; cell < sum.length; cell++) sum[cell]! += weight * logits[cell]!;
  }
  for (let cell = 0; cell < sum.length; cell++) sum[cell]! /= weights;
  return sum;
}
