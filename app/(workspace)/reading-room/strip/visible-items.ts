/** Items of a row that are on screen or within `margin` items of it: `first` to before `end`. */
export function visibleItems(
  scrolled: number,
  width: number,
  itemWidth: number,
  count: number,
  margin = 8,
): { first: number; end: number } {
  const first = Math.max(0, Math.floor(scrolled / itemWidth) - margin);
  const end = Math.min(count, Math.ceil((scrolled + width) / itemWidth) + margin);
  return { first: Math.min(first, count), end: Math.max(end, 0) };
}
