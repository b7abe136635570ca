/** Given on the command line, for the benches that know them. */
export interface BenchOptions {
  /** An archive to work on. */
  data?: string;
  kills?: string;
  heads?: string;
  slices?: string;
  count?: string;
  plans?: boolean;
  only?: string;
}

/** What every bench gives: medians of ours and of a bare reference on the same work, measured in turn. */
export interface BenchResult {
  name: string;
  /** Of `ours` and `reference`. */
  unit: string;
  ours: number;
  reference: number;
  /** `ours / reference`: for rates the more the better, for seconds the less. */
  ratio: number;
  runs: number;
  /** Largest resident memory of the process while ours ran. */
  peakMemoryMb: number;
}

/** Of times that a person waits: the median, and what 95 of 100 stay below. */
export interface Percentiles {
  p50: number;
  p95: number;
}

export interface LatencyRow {
  what: string;
  /** What is aimed at, in words; empty for nothing. */
  goal: string;
  runs: number;
  ours: Percentiles;
  reference: Percentiles;
  /** Of the medians: the less the better. */
  ratio: number;
}

/** What a bench gives that measures several waits. */
export interface LatencyResult {
  name: string;
  unit: "ms";
  rows: LatencyRow[];
}

/** A table that is not of times. */
export interface TextResult {
  name: string;
  lines: string[];
}

export function latencyRow(what: string, goal: string, ours: number[], reference: number[]): LatencyRow {
  const [our, their] = [percentiles(ours), percentiles(reference)];
  return { what, goal, runs: ours.length, ours: our, reference: their, ratio: our.p50 / their.p50 };
}

/** By the nearest rank. */
function percentiles(values: number[]): Percentiles {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.ceil(share * sorted.length) - 1]!;
  return { p50: at(0.5), p95: at(0.95) };
}

/** How often each of the two is run. */
const runs = 3;

/**
 * Runs ours and the reference in turn, `runs` times each. Each gives its figure of one run, e.g. its seconds; what
 * it needs besides the measured work, it does outside the time it counts.
 */
export async function measure(
  name: string,
  unit: string,
  ours: () => Promise<number>,
  reference: () => Promise<number>,
): Promise<BenchResult> {
  const [our, their]: [number[], number[]] = [[], []];
  let peak = 0;
  const watch = () => {
    peak = Math.max(peak, process.memoryUsage.rss());
  };
  for (let run = 0; run < runs; run++) {
    const timer = setInterval(watch, 50);
    our.push(await ours());
    watch();
    clearInterval(timer);
    their.push(await reference());
  }
  return {
    name,
    unit,
    ours: median(our),
    reference: median(their),
    ratio: median(our) / median(their),
    runs,
    peakMemoryMb: Math.round(peak / 2 ** 20),
  };
}

export async function seconds(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return (performance.now() - startedAt) / 1_000;
}

/** Of an odd number of values. */
function median(values: number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;
}
