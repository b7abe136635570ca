/** Tumor pixels of a 0/1 mask. Multiply by row and column spacing for mm², where they are known. */
export function maskArea(mask: Uint8Array): number {
  let area = 0;
  for (const value of mask) area += value;
  return area;
}
