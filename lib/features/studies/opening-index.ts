/** Where a study opens: its first flagged slice, else the middle, where there is something to see. */
export function openingIndex(slices: readonly { flags: readonly unknown[] }[]): number {
  const flagged = slices.findIndex((slice) => slice.flags.length > 0);
  return flagged >= 0 ? flagged : Math.max(0, Math.floor(slices.length / 2));
}
