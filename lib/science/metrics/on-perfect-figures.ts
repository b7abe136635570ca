import type { Confusion } from "./confusion";
import type { Figure } from "./figure";

/**
 * Plain sentences on sensitivity and specificity where no slice was got wrong: every resample of the patients then gives
 * 1 too, so that the bootstrap's interval has no width. None where some was.
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
}): string[] {
  const caution = "resampling then gives 1.000 to 1.000, which is not certainty.";
  return [
    ...(sensitivity.value === 1
      ? [`Every slice with tumor was found, ${confusion.tp} of them: ${caution}`]
      : []),
    ...(specificity.value === 1
      ? [`No slice without tumor was called tumor, of ${confusion.tn}: ${caution}`]
      : []),
  ];
}
