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
import { calibratedP, fitPlatt, fitTemperature } from "@/lib/science/training/calibrate";
import { chooseThreshold } from "@/lib/science/training/choose-threshold";

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
  return { method: "temperature", temperature: 1 } as const;
}

type Shown = Record<(typeof judgedFigures)[number], Figure>;

/** Means over the seeds, each a list of the same patients' slices, with patient-bootstrap intervals of the mean. */
export function figuresOf(seeds: readonly JudgedSlice[][]): Shown {
  const { patients, statistics } = meanOverSeeds(seeds);
  return asFigures(statistics(once(patients)), bootstrapPatients(patients, statistics, options));
}

/** `ours - theirs`, means over the seeds, with paired patient-bootstrap intervals. */
export function differenceOf(ours: readonly JudgedSlice[][], theirs: readonly JudgedSlice[][]): Shown {
  const [a, b] = [meanOverSeeds(ours), meanOverSeeds(theirs)];
  const [ourValues, theirValues] = [a.statistics(once(a.patients)), b.statistics(once(b.patients))];
  return asFigures(
    ourValues.map((value, index) => minus(value, theirValues[index]!)),
    bootstrapDifference(a.patients, a.statistics, b.statistics, options),
  );
}

/** A row of the table; `seconds` of processor time, for one seed. */
export function line(part: string, what: string, seeds: readonly JudgedSlice[][], seconds: number): string {
  const { auc, f1, ece } = figuresOf(seeds);
  const cells = [part, what, inWords(auc), inWords(f1), inWords(ece), seconds.toFixed(0), seeds.length];
  return `| ${cells.join(" | ")} |`;
}

export const inWords = ({ value, low, high }: Figure) =>
  `${value?.toFixed(4)} (${low?.toFixed(3)} to ${high?.toFixed(3)})`;

/** Processor seconds of this process so far: what other work on the machine takes does not count. */
export const processorSeconds = () => {
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
