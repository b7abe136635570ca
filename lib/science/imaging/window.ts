/** The range of values that a display maps from black to white. */
export interface DisplayWindow {
  low: number;
  high: number;
}

/**
 * The window from the 1st to the 99th percentile of a series, so that one bright vessel does not darken the rest.
 *
 * `histogram[v]` counts pixels of value v over all slices of a series. A percentile is the smallest value with at
 * least that share of pixels at or below it. `high` is above `low` always; an empty histogram gives its full range.
 *
 * @example
 * percentileWindow(Float64Array.of(1, 98, 1)) // { low: 0, high: 1 }
 */
export function percentileWindow(histogram: Float64Array, lowShare = 0.01, highShare = 0.99): DisplayWindow {
  let total = 0;
  for (const count of histogram) total += count;
  if (total === 0) return { low: 0, high: Math.max(1, histogram.length - 1) };
  const low = percentile(histogram, lowShare * total);
  const high = percentile(histogram, highShare * total);
  return { low, high: Math.max(high, low + 1) };
}

function percentile(histogram: Float64Array, wanted: number) {
  let seen = 0;
  for (let value = 0; value < histogram.length; value++) {
    seen += histogram[value]!;
    if (seen >= wanted && seen > 0) return value;
  }
  return histogram.length - 1;
}
