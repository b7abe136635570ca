import {
  bootstrapDifference,
  bootstrapPatients,
  type ResampleStatistics,
} from "@/lib/science/metrics/bootstrap";
import type { Figure } from "@/lib/science/metrics/figure";
import {
  type JudgedSlice,
  judgedFigures,
  judgedStatistics,
  meanStatistics,
} from "@/lib/science/metrics/judged-statistics";
import { calibratedP, UNCALIBRATED } from "@/lib/science/training/calibrate";
import { chooseThreshold } from "@/lib/science/training/choose-threshold";
import { fitPlatt, fitTemperature } from "./fit-calibration";

/** A slice's margin by something that was not fitted on its fold. */
export interface OutOfFoldMargin {
  patient: string;
  fold: number;
  truth: 0 | 1;
  margin: number;
}

export type CalibrationName = "none" | "temperature" | "platt";

/**
 * Each fold is calibrated and called (threshold of the largest F1) by what the other folds say, so that no slice has a
 * say in its own figures.
 */
export function judgeOutOfFold(rows: readonly OutOfFoldMargin[], name: CalibrationName): JudgedSlice[] {
  return [...new Set(rows.map((row) => row.fold))].flatMap((fold) => {
    const others = rows.filter((row) => row.fold !== fold);
    return callBy(
      others,
      rows.filter((row) => row.fold === fold),
      name,
    );
  });
}

/** Calls `rows` by calibration and threshold of `others`. */
export function callBy(
  others: readonly Omit<OutOfFoldMargin, "fold">[],
  rows: readonly Omit<OutOfFoldMargin, "fold">[],
  name: CalibrationName,
): JudgedSlice[] {
  const truth = others.map((row) => row.truth);
  const margins = others.map(({ margin }) => margin);
  const calibration = calibrationOf(name, margins, truth);
  const { threshold } = chooseThreshold(truth, calibratedP(margins, calibration));
  const p = calibratedP(
    rows.map(({ margin }) => margin),
    calibration,
  );
  return rows.map(({ patient, truth }, row) => ({
    patient,
    truth,
    p: p[row]!,
    called: p[row]! >= threshold,
  }));
}

function calibrationOf(name: CalibrationName, margins: number[], truth: number[]) {
  if (name === "platt") return fitPlatt(margins, truth).calibration;
  if (name === "temperature") return fitTemperature(margins, truth).calibration;
  return UNCALIBRATED;
}

type Shown = Record<(typeof judgedFigures)[number], Figure>;

/** Means over the seeds, each a list of the same patients' slices, with patient-bootstrap intervals of the mean. */
function figuresOf(seeds: readonly JudgedSlice[][]): Shown {
  const { patients, statistics } = meanOverSeeds(seeds);
  return asFigures(statistics(once(patients)), bootstrapPatients(patients, statistics, options));
}

/** `ours - theirs`, means over the seeds, with paired patient-bootstrap intervals. */
function differenceOf(ours: readonly JudgedSlice[][], theirs: readonly JudgedSlice[][]): Shown {
  const [a, b] = [meanOverSeeds(ours), meanOverSeeds(theirs)];
  const [ourValues, theirValues] = [a.statistics(once(a.patients)), b.statistics(once(b.patients))];
  return asFigures(
    ourValues.map((value, index) => minus(value, theirValues[index]!)),
    bootstrapDifference(a.patients, a.statistics, b.statistics, options),
  );
}

/** Of folds, first weights, order and dropout: every row is judged with each. */
export const seeds = [1, 2, 3];

export type Judge = (seed: number) => JudgedSlice[] | Promise<JudgedSlice[]>;

/** Says a row of the table: what each seed gives. Returns the slices as they were judged, by seed. */
export async function measureRow(
  say: (row: string) => void,
  part: string,
  what: string,
  judge: Judge,
  of = seeds,
): Promise<JudgedSlice[][]> {
  const startedAt = processorSeconds();
  const bySeed: JudgedSlice[][] = [];
  for (const seed of of) bySeed.push(await judge(seed));
  say(line(part, what, bySeed, (processorSeconds() - startedAt) / of.length));
  return bySeed;
}

/** A row for each, then the paired differences between the first and the others. */
export async function compareRows(
  say: (row: string) => void,
  part: string,
  judges: Record<string, Judge>,
): Promise<void> {
  const found: [string, JudgedSlice[][]][] = [];
  for (const [what, judge] of Object.entries(judges))
    found.push([what, await measureRow(say, part, what, judge)]);
  const [[first, ours], ...others] = found as [[string, JudgedSlice[][]], ...[string, JudgedSlice[][]][]];
  for (const [what, theirs] of others) {
    const { auc, f1, ece } = differenceOf(ours, theirs);
    say(
      `| ${part} | ${first} minus ${what} | ${[auc, f1, ece].map(inWords).join(" | ")} | | ${seeds.length} |`,
    );
  }
}

/** `seconds` of processor time, for one seed. */
function line(part: string, what: string, seeds: readonly JudgedSlice[][], seconds: number): string {
  const { auc, f1, ece } = figuresOf(seeds);
  const cells = [part, what, inWords(auc), inWords(f1), inWords(ece), seconds.toFixed(0), seeds.length];
  return `| ${cells.join(" | ")} |`;
}

const inWords = ({ value, low, high }: Figure) =>
  `${value?.toFixed(4)} (${low?.toFixed(3)} to ${high?.toFixed(3)})`;

/** Processor seconds of this process so far: what other work on the machine takes does not count. */
const processorSeconds = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
};

const options = { seed: 1, resamples: 2000 };
const once = (patients: number) => new Uint16Array(patients).fill(1);
const minus = (a: number | null, b: number | null) => (a === null || b === null ? null : a - b);

function asFigures(
  values: readonly (number | null)[],
  intervals: { low: number | null; high: number | null }[],
) {
  return Object.fromEntries(
    judgedFigures.map((name, index) => [name, { value: values[index]!, ...intervals[index]! }]),
  ) as Shown;
}

function meanOverSeeds(seeds: readonly JudgedSlice[][]): {
  patients: number;
  statistics: ResampleStatistics;
} {
  const order = [...new Set(seeds[0]!.map(({ patient }) => patient))].sort();
  return {
    patients: order.length,
    statistics: meanStatistics(seeds.map((rows) => judgedStatistics(rows, order))),
  };
}
