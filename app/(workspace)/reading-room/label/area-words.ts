/** Distance between rows and between columns, in mm. */
export interface Spacing {
  row: number;
  column: number;
}

/** Null where either distance is unknown. */
export function spacingOf(slice: {
  rowSpacingMm: number | null;
  columnSpacingMm: number | null;
}): Spacing | null {
  const { rowSpacingMm: row, columnSpacingMm: column } = slice;
  return row === null || column === null ? null : { row, column };
}

/** e.g. `1,312 px`, or with a spacing of 0.5 x 0.5 mm `1,312 px (328 mm²)`; below 100 mm² with one decimal. */
export function areaWords(pixels: number, spacing: Spacing | null): string {
  const inPixels = `${pixels.toLocaleString("en")} px`;
  if (!spacing) return inPixels;
  const areaMm2 = pixels * spacing.row * spacing.column;
  const digits = areaMm2 < 100 ? 1 : 0;
  return `${inPixels} (${areaMm2.toLocaleString("en", { maximumFractionDigits: digits })} mm²)`;
}
