import { bootstrapPatients } from "../metrics/bootstrap";
import type { Figure } from "../metrics/figure";
import { type JudgedSlice, judgedStatistics, meanStatistics } from "../metrics/judged-statistics";
import { groupBy } from "../training/group-by";
import { type CurvePoint, labelledToReach, meanHeight } from "./learning-curve";
import type { Strategy } from "./pick-slices";

/** One way of choosing, replayed once: the test patients' slices as each round's model judges them. */
export interface SimulatedRun {
  strategy: Strategy;
  capped: boolean;
  seed: number;
  fold: number;
  points: { labelled: number; judged: JudgedSlice[] }[];
  /** By a model of everything that could be labelled. */
  full: { labelled: number; judged: JudgedSlice[] };
}

/** Means over the seeds with patient-bootstrap intervals; each seed's folds are pooled out of fold. */
export interface WayFigures {
  strategy: Strategy;
  capped: boolean;
  name: string;
  curve: { labelled: number; auc: Figure; f1: Figure }[];
  /** Mean heights of the curves, over all rounds. */
  aucArea: Figure;
  f1Area: Figure;
  /** Those heights minus the random strategy's (without a cap), paired by patient, seed and fold. */
  aucAreaMinusRandom: Figure;
  f1AreaMinusRandom: Figure;
  /** Standard deviation of the AUC's mean height over the seeds. */
  aucAreaSeedDeviation: number | null;
  /** The same difference by seed and fold: their mean, standard deviation, and how many are above 0. */
  pairs: { count: number; above: number; mean: number | null; deviation: number | null };
  /** Labelled slices to 99 % of the AUC of all labels, by seed; null where it was not reached. */
  labelledTo99: (number | null)[];
}

export interface SimulationFigures {
  patients: number;
  slices: number;
  seeds: number;
  folds: number;
  /** With everything labelled; `labelled` is the mean over seeds and folds. */
  full: { labelled: number; auc: Figure; f1: Figure };
  /** From the largest mean height of the AUC to the smallest. */
  ways: WayFigures[];
}

/** How a way is named on pages and plots. */
export function wayName({ strategy, capped }: { strategy: Strategy; capped: boolean }): string {
  return `${strategy === "study" ? "study by study" : strategy}${capped ? ", capped" : ""}`;
}

/**
 * Figures of a simulation whose runs all have the same rounds, the random strategy among them.
 * `resamples` of the patients; the same input gives the same figures.
 */
export function simulationFigures(
  runs: readonly SimulatedRun[],
  { resamples = 1000, seed = 1 }: { resamples?: number; seed?: number } = {},
): SimulationFigures {
  const patients = [...new Set(runs.flatMap(({ full }) => full.judged.map((row) => row.patient)))].sort();
  const byWay = [...groupBy(runs, wayName)].map(([name, own]) => ({ name, own }));
  const random = byWay.findIndex(({ name }) => name === "random");
  const pooled = (own: SimulatedRun[], rowsOf: (run: SimulatedRun) => JudgedSlice[]) =>
    meanStatistics(
      [...groupBy(own, (run) => run.seed).values()].map((folds) =>
        judgedStatistics(folds.flatMap(rowsOf), patients),
      ),
    );
  const labelled = runs[0]!.points.map((_, round) => meanOf(runs.map((run) => run.points[round]!.labelled)));
  const rounds = labelled.length;
  const curves = byWay.map(({ own }) =>
    labelled.map((_, round) => pooled(own, (run) => run.points[round]!.judged)),
  );
  const full = pooled(byWay[0]!.own, (run) => run.full.judged);

  // Everything of one draw of the patients in one row, so that all differences are paired.
  const width = 2 * rounds + 4;
  const statistics = (weights: Uint16Array) => {
    const ways = curves.map((curve) => {
      const points = curve.map((point) => point(weights));
      const [auc, f1] = [0, 1].map((figure) => points.map((point) => point[figure]!)) as [
        (number | null)[],
        (number | null)[],
      ];
      const heights = [auc, f1].map((values) => meanHeight(asCurve(labelled, values)));
      return { auc, f1, heights };
    });
    const of = (index: number) => ways[random]!.heights[index]!;
    return [
      ...full(weights).slice(0, 2),
      ...ways.flatMap(({ auc, f1, heights }) => [
        ...auc,
        ...f1,
        ...heights,
        ...heights.map((height, index) => minus(height, of(index))),
      ]),
    ];
  };
  const values = statistics(new Uint16Array(patients.length).fill(1));
  const intervals = bootstrapPatients(patients.length, statistics, { seed, resamples });
  const figure = (index: number): Figure => ({ value: values[index]!, ...intervals[index]! });

  const fullBySeed = new Map(
    [...groupBy(byWay[0]!.own, (run) => run.seed)].map(([seed, folds]) => [
      seed,
      aucOf(folds.flatMap((run) => run.full.judged)),
    ]),
  );
  const ways = byWay.map(({ name, own }, index): WayFigures => {
    const at = 2 + index * width;
    const bySeed = [...groupBy(own, (run) => run.seed)].map(([seed, folds]) => ({
      seed,
      curve: asCurve(
        labelled,
        labelled.map((_, round) => aucOf(folds.flatMap((run) => run.points[round]!.judged))),
      ),
    }));
    const pairs = own.flatMap((run) => {
      const other = byWay[random]!.own.find(({ seed, fold }) => seed === run.seed && fold === run.fold)!;
      const difference = minus(heightOf(run, labelled), heightOf(other, labelled));
      return difference === null ? [] : [difference];
    });
    const heights = bySeed.map(({ curve }) => meanHeight(curve)).filter((height) => height !== null);
    return {
      strategy: own[0]!.strategy,
      capped: own[0]!.capped,
      name,
      curve: labelled.map((count, round) => ({
        labelled: count,
        auc: figure(at + round),
        f1: figure(at + rounds + round),
      })),
      aucArea: figure(at + 2 * rounds),
      f1Area: figure(at + 2 * rounds + 1),
      aucAreaMinusRandom: figure(at + 2 * rounds + 2),
      f1AreaMinusRandom: figure(at + 2 * rounds + 3),
      aucAreaSeedDeviation: deviationOf(heights),
      pairs: {
        count: pairs.length,
        above: pairs.filter((difference) => difference > 0).length,
        mean: pairs.length > 0 ? meanOf(pairs) : null,
        deviation: deviationOf(pairs),
      },
      labelledTo99: bySeed.map(({ seed, curve }) => {
        const goal = fullBySeed.get(seed);
        return goal == null ? null : labelledToReach(curve, 0.99 * goal);
      }),
    };
  });
  return {
    patients: patients.length,
    slices: runs
      .filter(({ seed }) => seed === runs[0]!.seed)
      .filter((run) => wayName(run) === byWay[0]!.name)
      .reduce((sum, run) => sum + run.full.judged.length, 0),
    seeds: fullBySeed.size,
    folds: new Set(runs.map(({ fold }) => fold)).size,
    full: { labelled: meanOf(byWay[0]!.own.map((run) => run.full.labelled)), auc: figure(0), f1: figure(1) },
    ways: ways.sort((a, b) => (b.aucArea.value ?? 0) - (a.aucArea.value ?? 0)),
  };
}

/** The middle of the seeds' counts, those that never arrive counting as more than any other; null where it is one. */
export function medianToReach(counts: readonly (number | null)[]): number | null {
  const sorted = counts.map((count) => count ?? Number.POSITIVE_INFINITY).sort((a, b) => a - b);
  const half = (sorted.length - 1) / 2;
  const middle = (sorted[Math.floor(half)]! + sorted[Math.ceil(half)]!) / 2;
  return Number.isFinite(middle) ? middle : null;
}

const asCurve = (labelled: readonly number[], values: readonly (number | null)[]): CurvePoint[] =>
  labelled.map((count, index) => ({ labelled: count, value: values[index]! }));

function aucOf(rows: readonly JudgedSlice[]): number | null {
  const order = [...new Set(rows.map(({ patient }) => patient))];
  return judgedStatistics(rows, order)(new Uint16Array(order.length).fill(1))[0]!;
}

function heightOf({ points }: SimulatedRun, labelled: readonly number[]): number | null {
  return meanHeight(
    asCurve(
      labelled,
      points.map(({ judged }) => aucOf(judged)),
    ),
  );
}

const minus = (a: number | null, b: number | null) => (a === null || b === null ? null : a - b);
const meanOf = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** Of a sample; null for fewer than two. */
function deviationOf(values: readonly number[]): number | null {
  if (values.length < 2) return null;
  const mean = meanOf(values);
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1));
}
