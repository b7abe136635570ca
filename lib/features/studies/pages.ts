/** Rows on a page of a list. */
export const pageSize = 50;

/** Number of pages of `total` rows, at least 1. */
export function pageCount(total: number): number {
  return Math.max(1, Math.ceil(total / pageSize));
}
