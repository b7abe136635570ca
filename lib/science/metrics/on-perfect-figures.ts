import type { Confusion } from "./confusion";
import type { Figure } from "./figure";

/** A figure in which no slice was got wrong, and on how many slices. */
export type PerfectFigure =
  | { code: "every-tumor-found"; slices: number }
  | { code: "no-false-alarm"; slices: number };

/**
 * Sensitivity and specificity where no slice was got wrong: every resample of the patients then gives 1 too, so that the
 * bootstrap's interval has no width. Nothing where some was.
 *
 * Example: 48 slices without tumor, none called tumor -> that 1.000 to 1.000 is not certainty.
 */
export function onPerfectFigures({
  sensitivity,
  specificity,
  confusion,
}: {
  sensitivity: Figure;
  specificity: Figure;
  confusion: Confusion;
}): PerfectFigure[] {
  const notes: PerfectFigure[] = [];
  if (sensitivity.value === 1) notes.push({ code: "every-tumor-found", slices: confusion.tp });
  if (specificity.value === 1) notes.push({ code: "no-false-alarm", slices: confusion.tn });
  return notes;
}
