import { invalid } from "@/lib/platform/errors";
import type { TrainingParameters } from "@/lib/records/training-parameters";
import {
  type Candidate,
  evenCap,
  pickSlices,
  type Strategy,
  strategies,
} from "@/lib/science/active-learning/pick-slices";
import type { SimulatedRun } from "@/lib/science/active-learning/simulation-figures";
import { assignFolds } from "@/lib/science/training/assign-folds";
import { groupBy } from "@/lib/science/training/group-by";
import { seedOf } from "@/lib/science/training/random";
import { archivePatients } from "../embedding/archive-patients";
import type { EmbeddedArchiveSlice } from "../embedding/embedded-archive";
import type { Inference } from "../inference/inference";
import { openClassifier } from "./classifier";
import { crossFit, type LearningSlice } from "./cross-fit";
import { judgeSlices } from "./judge-slices";

/** Replays the labelling of an archive, round by round, with each strategy (docs/active-learning.md). */

export interface SimulationOptions {
  parameters: TrainingParameters;
  /** Random slices, the same for all strategies, that the first model is fitted on; 2 or more. */
  initial: number;
  /** Slices labelled between two models. */
  batch: number;
  /** Batches. */
  rounds: number;
  /** Each assigns the test folds, draws the first slices and fits the heads again. */
  seeds: readonly number[];
}

/** Folds of patients, each the test of what is learned from the others. */
export const SIMULATION_FOLDS = 2;

/** Each strategy without and with a cap of an even share a patient and batch; a study is read whole. */
export const simulatedWays: readonly { strategy: Strategy; capped: boolean }[] = strategies.flatMap(
  (strategy) => (strategy === "study" ? [false] : [false, true]).map((capped) => ({ strategy, capped })),
);

type PoolSlice = Pick<
  EmbeddedArchiveSlice,
  "hashedKey" | "studyKey" | "position" | "truth" | "site" | "embedding"
>;

/**
 * `slices`: those of patients that neither the base nor the product's test knows, unlabelled ones among them as
 * neighbours. The same input gives the same numbers on the same backend. `onProgress` is told after each fitted model.
 *
 * Throws `invalid` for too few patients or slices, and the signal's reason.
 */
export async function simulateActiveLearning(
  inference: Inference,
  slices: readonly PoolSlice[],
  options: SimulationOptions,
  { signal, onProgress }: { signal?: AbortSignal; onProgress?: (done: number, total: number) => void } = {},
): Promise<SimulatedRun[]> {
  const splits = options.seeds.flatMap((seed) => splitsOf(slices, seed));
  checkSize(splits, options);
  const total = splits.length * (simulatedWays.length * options.rounds + 2);
  let done = 0;
  const step = () => onProgress?.(++done, total);

  const runs: SimulatedRun[] = [];
  for (const { seed, fold, pool, test } of splits) {
    const judge = async (labelled: ReadonlySet<PoolSlice>, isAsked: boolean) => {
      const judged = await learn(inference, { pool, test, labelled, isAsked, options, seed, signal });
      step();
      return judged;
    };
    const candidates = pool.filter(({ truth }) => truth !== null);
    const first = firstSlices(candidates, options.initial, seed);
    const begin = await judge(new Set(first), true);
    const full = await judge(new Set(candidates), false);
    for (const way of simulatedWays) {
      const labelled = new Set(first);
      const points = [{ labelled: labelled.size, judged: begin.test }];
      let said = begin.pool;
      for (let round = 0; round < options.rounds; round++) {
        for (const slice of nextSlices(way, candidates, labelled, said, options.batch, seed))
          labelled.add(slice);
        const asksModel = way.strategy === "doubt" || way.strategy === "disagreement";
        const next = await judge(labelled, asksModel && round + 1 < options.rounds);
        said = next.pool;
        points.push({ labelled: labelled.size, judged: next.test });
      }
      runs.push({ ...way, seed, fold, points, full: { labelled: candidates.length, judged: full.test } });
    }
  }
  return runs;
}

interface Split {
  seed: number;
  fold: number;
  pool: PoolSlice[];
  test: PoolSlice[];
}

function splitsOf(slices: readonly PoolSlice[], seed: number): Split[] {
  const patients = archivePatients(slices, new Set());
  if (patients.length < 2 * SIMULATION_FOLDS)
    throw invalid("data", {
      code: "simulation-needs-patients",
      needed: 2 * SIMULATION_FOLDS,
      patients: patients.length,
    });
  const folds = assignFolds(patients, SIMULATION_FOLDS, seed);
  return Array.from({ length: folds.count }, (_, fold) => ({
    seed,
    fold,
    pool: slices.filter(({ hashedKey }) => folds.of.get(hashedKey) !== fold),
    test: slices.filter(({ hashedKey }) => folds.of.get(hashedKey) === fold),
  }));
}

function checkSize(splits: readonly Split[], { initial, batch, rounds }: SimulationOptions): void {
  const smallest = Math.min(...splits.map(({ pool }) => pool.filter(({ truth }) => truth !== null).length));
  const needed = initial + batch * rounds;
  if (needed > smallest)
    throw invalid("rounds", {
      code: "simulation-needs-slices",
      initial,
      batch,
      rounds,
      needed,
      slices: smallest,
    });
}

/** Of two patients at least, without which no model is fitted. */
function firstSlices(candidates: readonly PoolSlice[], count: number, seed: number): PoolSlice[] {
  const unsaid = candidates.map((slice) => asCandidate(slice, undefined));
  return pickSlices("random", unsaid, count, Math.ceil(count / 2), seedOf("first", seed)).map(
    ({ slice }) => slice,
  );
}

function nextSlices(
  { strategy, capped }: { strategy: Strategy; capped: boolean },
  all: readonly PoolSlice[],
  labelled: ReadonlySet<PoolSlice>,
  said: ReadonlyMap<PoolSlice, Said>,
  count: number,
  seed: number,
): PoolSlice[] {
  const open = all
    .filter((slice) => !labelled.has(slice))
    .map((slice) => asCandidate(slice, said.get(slice)));
  const cap = capped ? evenCap(count, open) : null;
  return pickSlices(strategy, open, count, cap, seedOf("next", seed)).map(({ slice }) => slice);
}

/** What a model says of a slice that could be labelled next. */
type Said = Pick<Candidate, "confidence" | "headSpread">;

function asCandidate(slice: PoolSlice, said: Said = { confidence: 0, headSpread: 0 }) {
  return { slice, patient: slice.hashedKey, studyKey: slice.studyKey, position: slice.position, ...said };
}

interface LearnInput {
  pool: readonly PoolSlice[];
  test: readonly PoolSlice[];
  labelled: ReadonlySet<PoolSlice>;
  /** Whether what it says of the pool decides what is labelled next. */
  isAsked: boolean;
  options: SimulationOptions;
  seed: number;
  signal?: AbortSignal;
}

/** The product's own model of the slices labelled so far, and what it says of the test and of the pool. */
async function learn(
  inference: Inference,
  { pool, test, labelled, isAsked, options, seed, signal }: LearnInput,
) {
  const studies = groupBy(pool, ({ studyKey }) => studyKey);
  // As in a snapshot: slices without a label count where their study has a labelled one.
  const slices = [...studies.values()]
    .filter((study) => study.some((slice) => labelled.has(slice)))
    .flat()
    .map((slice): LearningSlice & { site: string } => ({
      ...slice,
      truth: labelled.has(slice) ? slice.truth : null,
      weight: 1,
    }));
  const { parameters } = options;
  const folds = assignFolds(archivePatients(slices, new Set()), parameters.heads, seed);
  const { stacked } = await crossFit({ slices, folds }, parameters, seed, { signal });

  const classifier = await openClassifier(inference, stacked.weights);
  try {
    const judged = await judgeSlices(classifier, stacked.threshold, test);
    const said = new Map<PoolSlice, Said>();
    for (const study of isAsked ? studies.values() : [])
      for (const [index, { pTumor, headSpread }] of (await classifier.predictStudy(study)).entries()) {
        const confidence = pTumor >= stacked.threshold ? pTumor : 1 - pTumor;
        said.set(study[index]!, { confidence, headSpread: headSpread ?? 0 });
      }
    return { test: judged, pool: said };
  } finally {
    await classifier.close();
  }
}
