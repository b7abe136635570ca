/** A list in parts of at most `size` items, in order: what one statement takes is limited. */
export function* inParts<Item>(items: readonly Item[], size = 1_000): Generator<Item[]> {
  for (let start = 0; start < items.length; start += size) yield items.slice(start, start + size);
}
