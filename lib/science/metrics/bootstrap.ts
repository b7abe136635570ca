import { seededRandom } from "../training/random";

/** A 95 % interval; null where the statistic has none. */
export interface Interval {
  low: number | null;
  high: number | null;
}

export interface BootstrapOptions {
  /** Unsigned 32-bit; equal seeds give equal intervals. */
  seed: number;
  /** How often patients are resampled; 2000 steadies the ends of a 95 % interval. */
  resamples: number;
}

/**
 * Statistics of one resample. `weights`, `[patients]`, says how often each patient was drawn (0 or more, summing
 * to the number of patients); the array is used again for the next resample. Null: undefined on this resample.
 */
export type ResampleStatistics = (weights: Uint16Array) => readonly (number | null)[];

/**
 * Percentile 95 % intervals by drawing whole patients with replacement (Efron and Tibshirani 1993, chapter 13; the
 * patient is the unit because slices of one patient resemble each other: Field and Welsh 2007, cluster
 * bootstrap). One interval per statistic, all from the same draws.
 *
 * A resample on which a statistic is undefined is left out of its interval. The interval is null for fewer than 2
 * patients, and where fewer than half of the resamples define it.
 */
export function bootstrapPatients(
  patients: number,
  statistics: ResampleStatistics,
  { seed, resamples }: BootstrapOptions,
): Interval[] {
  const random = seededRandom(seed);
  const weights = new Uint16Array(patients);
  const drawn: number[][] = statistics(weights.fill(1)).map(() => []);
  if (patients < 2) return drawn.map(() => ({ low: null, high: null }));

  for (let resample = 0; resample < resamples; resample++) {
    weights.fill(0);
    for (let draw = 0; draw < patients; draw++) weights[Math.floor(random() * patients)]!++;
    const values = statistics(weights);
    for (let index = 0; index < drawn.length; index++) {
      const value = values[index] ?? null;
      if (value !== null) drawn[index]!.push(value);
    }
  }
  return drawn.map((values) => {
    if (values.length === 0 || values.length < resamples / 2) return { low: null, high: null };
    const sorted = Float64Array.from(values).sort();
    return { low: percentile(sorted, 0.025), high: percentile(sorted, 0.975) };
  });
}

/**
 * Intervals of `first - second`, statistic by statistic, for two models on the same patients: each resample
 * measures both on the same draw, so what makes a patient hard for both cancels out.
 */
export function bootstrapDifference(
  patients: number,
  first: ResampleStatistics,
  second: ResampleStatistics,
  options: BootstrapOptions,
): Interval[] {
  const difference: ResampleStatistics = (weights) => {
    const subtrahends = second(weights);
    return first(weights).map((value, index) => {
      const subtrahend = subtrahends[index] ?? null;
      return value === null || subtrahend === null ? null : value - subtrahend;
    });
  };
  return bootstrapPatients(patients, difference, options);
}

/**
 * The value below which `share` of `sorted` (ascending, not empty) lies, linear between neighbours: what numpy
 * calls `linear`. Example: 1 2 3 4, share 0.25 -> 1.75.
 */
export function percentile(sorted: ArrayLike<number>, share: number): number {
  const position = share * (sorted.length - 1);
  const below = Math.floor(position);
  const low = sorted[below]!;
  const high = sorted[Math.min(below + 1, sorted.length - 1)]!;
  return low + (high - low) * (position - below);
}
