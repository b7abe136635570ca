import type { StrokeTool } from "@/lib/features/labels/schema";
import type { SliceView } from "@/lib/features/studies/schema";
import type { Grid } from "@/lib/science/imaging/mask-editing/grid";
import { interpolateMasks } from "@/lib/science/imaging/mask-editing/interpolate-masks";

/** A gap between two drawn slices, as indices of the study's slices. */
export interface Gap {
  below: number;
  above: number;
  between: number[];
}

type Positioned = Pick<SliceView, "id" | "position" | "label">;

/**
 * The gap that interpolation at `index` would fill: around a slice without a drawing, or beside one with a drawing, the
 * smaller gap first. Slices drawn by people count (`isDrawn`, or a person's label with a mask); imported masks only
 * where people's leave no gap. Null where there is none.
 */
export function gapToInterpolate(
  slices: readonly Positioned[],
  index: number,
  isDrawn: (sliceId: string) => boolean,
): Gap | null {
  const byPeople = ({ id, label }: Positioned) =>
    isDrawn(id) || ((label?.areaPixels ?? 0) > 0 && label?.source !== "IMPORTED");
  const byAnyone = (slice: Positioned) => byPeople(slice) || (slice.label?.areaPixels ?? 0) > 0;
  return gapAmong(slices.map(byPeople), index) ?? gapAmong(slices.map(byAnyone), index);
}

function gapAmong(drawn: readonly boolean[], index: number): Gap | null {
  const below = drawn.lastIndexOf(true, index - 1);
  const above = drawn.indexOf(true, index + 1);
  const lower = index > 0 ? below : -1;
  const gaps = drawn[index]
    ? [
        [lower, index],
        [index, above],
      ]
    : [[lower, above]];
  const possible = gaps.filter(([from, to]) => from! >= 0 && to! >= 0 && to! - from! >= 2);
  possible.sort((a, b) => a[1]! - a[0]! - (b[1]! - b[0]!));
  const [gap] = possible;
  if (!gap) return null;
  const [from, to] = gap as [number, number];
  return { below: from, above: to, between: Array.from({ length: to - from - 1 }, (_, at) => from + 1 + at) };
}

/** Masks for the slices of a gap, by shape between its two ends; slices are spaced as their positions are. */
export function masksBetween(
  slices: readonly Pick<SliceView, "position">[],
  gap: Gap,
  below: Uint8Array,
  above: Uint8Array,
  grid: Grid,
  aspect: number,
): Uint8Array[] {
  const from = slices[gap.below]!.position;
  const to = slices[gap.above]!.position;
  return gap.between.map((index) =>
    interpolateMasks(below, above, grid, (slices[index]!.position - from) / (to - from), aspect),
  );
}

/** What came of an interpolation. `empty` counts slices on which the two shapes do not meet. */
export function interpolationWords(between: string, empty: number, positions: readonly number[]): string {
  const apart = "the two masks lie too far apart for a shape in between";
  if (positions.length === 0) {
    return empty > 0
      ? `Nothing drawn ${between}: ${apart}.`
      : `The slices ${between} have these masks already.`;
  }
  const left = empty > 0 ? ` ${empty} left as ${empty === 1 ? "it was" : "they were"}: ${apart}.` : "";
  const drawn = `${positions.length === 1 ? "slice" : "slices"} ${positions.join(", ")}`;
  return `Drawn ${between}: ${drawn}.${left} Look at each, then Shift S saves all; Ctrl Z undoes the interpolation.`;
}

/** What strokes are called when they are undone. */
const toolWords: Record<StrokeTool, string> = {
  brush: "brush stroke",
  eraser: "eraser stroke",
  threshold: "threshold stroke",
  polygon: "polygon",
  flood: "flood fill",
  "fill-holes": "filling of holes",
  interpolate: "interpolation",
  copy: "copy of a mask",
  accept: "taking of the model's mask",
  clear: "clearing",
};

/** The result of an undo or redo. Slices in `drawnSince` keep their part of the act. */
export function steppedWords(
  verb: "Undone" | "Redone",
  {
    tool,
    positions,
    drawnSince,
  }: { tool: StrokeTool; positions: readonly number[]; drawnSince: readonly number[] },
): string {
  const inOrder = (list: readonly number[]) => [...list].sort((one, other) => one - other).join(", ");
  const where = positions.length + drawnSince.length > 1 ? ` on slice ${inOrder(positions)}` : "";
  const kept = drawnSince.length > 0 ? ` Not on slice ${inOrder(drawnSince)}: drawn on since.` : "";
  return `${verb}: ${toolWords[tool]}${where}.${kept}`;
}
