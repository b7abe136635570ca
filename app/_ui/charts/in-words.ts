import type { Cohort } from "@/lib/platform/generated/enums";
import type { Figure } from "@/lib/science/metrics/figure";

/** What a figure was counted on: never shown without. */
export interface Counted {
  patients: number;
  slices: number;
  /** Phantoms are never called patients; patients where it is not told. */
  cohort?: Cohort;
}

/** What the persons of a cohort are called. */
export const peopleWord = (cohort: Cohort | undefined, count = 2) =>
  `${cohort === "PHANTOM" ? "phantom" : "patient"}${count === 1 ? "" : "s"}`;

/** "0.981 (0.962 to 0.994)", or "undefined". */
export function figureInWords(figure: Figure, digits = 3): string {
  if (figure.value === null) return "undefined";
  const value = figure.value.toFixed(digits);
  return figure.low === null || figure.high === null
    ? `${value} (no interval)`
    : `${value} (${figure.low.toFixed(digits)} to ${figure.high.toFixed(digits)})`;
}

/** "18 patients, 702 slices" */
export function countedInWords({ patients, slices, cohort }: Counted): string {
  return `${patients} ${peopleWord(cohort, patients)}, ${slices.toLocaleString("en")} ${slices === 1 ? "slice" : "slices"}`;
}
