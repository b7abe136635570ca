import { TrainingParameters } from "@/lib/features/training/schema";
import { compareModels } from "@/lib/science/metrics/compare";
import { evaluateSlices } from "@/lib/science/metrics/evaluate";
import type { Figure } from "@/lib/science/metrics/figure";
import { initialHead } from "@/lib/science/network/head";
import { calibratedP, fitTemperature, tumorMargins } from "@/lib/science/training/calibrate";
import { chooseThreshold } from "@/lib/science/training/choose-threshold";
import { dealFolds } from "@/lib/science/training/deal-folds";
import { fitHead } from "@/lib/science/training/fit-head";
import { groupBy } from "@/lib/science/training/group-by";
import { headLogits } from "@/lib/science/training/head-logits";
import { seededRandom, seedOf, shuffle } from "@/lib/science/training/random";
import { pickBackend } from "@/workers/backend";
import { shippedBase } from "@/workers/base-network";
import { openClassifier } from "@/workers/classifier";
import { fitFoldHead, joinFoldHeads } from "@/workers/cross-fit";
import { type ProtocolSlice, patientsOf } from "./embedded-set";
import { plain, rowsOf } from "./heads";
import { line, scoreCalls } from "./score";

const parameters = TrainingParameters.parse({});

interface Judged {
  slice: ProtocolSlice;
  p: number;
  called: boolean;
}

/** The product's pipeline from labels to calls, judged on slices that it has not been shown. */
async function pipeline(shown: ProtocolSlice[], judged: ProtocolSlice[], seed: number): Promise<Judged[]> {
  const folds = dealFolds(patientsOf(shown), parameters.heads, seed);
  const heads = [];
  for (let headIndex = 0; headIndex < folds.count; headIndex++)
    heads.push((await fitFoldHead({ slices: shown, folds, headIndex, parameters, seed })).head);
  const joined = await joinFoldHeads({ slices: shown, folds }, heads, parameters);
  const classifier = await openClassifier(await shippedBase(), joined.weights, joined.temperature);
  const verdicts: Judged[] = [];
  for (const study of groupBy(judged, ({ studyKey }) => studyKey).values()) {
    const said = await classifier.predictStudy(study);
    for (const [index, slice] of study.entries()) {
      const p = said[index]!.pTumor;
      verdicts.push({ slice, p, called: p >= joined.threshold });
    }
  }
  await classifier.close();
  return verdicts;
}

/** The plain head of the reference: early stopping, temperature and threshold on a third of the unseen patients. */
async function plainHead(shown: ProtocolSlice[], judged: ProtocolSlice[], seed: number): Promise<Judged[]> {
  const { tf } = await pickBackend();
  const folds = dealFolds(patientsOf(shown), 3, seed);
  const held = shown.filter(({ hashedKey }) => folds.of.get(hashedKey) === 0);
  const fitted = shown.filter(({ hashedKey }) => folds.of.get(hashedKey) !== 0);
  const set = (slices: ProtocolSlice[]) => ({
    features: rowsOf(slices.map(({ embedding }) => embedding.features)),
    truth: Uint8Array.from(slices, ({ truth }) => truth),
  });
  const { head } = await fitHead(tf, {
    train: set(fitted),
    validation: set(held),
    initial: initialHead(seed),
    options: { ...plain, patience: 8, maxEpochs: 20, seed },
  });
  const marginsOf = async (slices: ProtocolSlice[]) =>
    tumorMargins(await headLogits(tf, head, set(slices).features));
  return callBy(await marginsOf(held), held, await marginsOf(judged), judged);
}

/** The base's own class score, with a temperature and a threshold of the slices shown. */
function classScore(shown: ProtocolSlice[], judged: ProtocolSlice[]): Judged[] {
  const unseen = shown.filter(({ seenByBase }) => !seenByBase);
  const marginsOf = (slices: ProtocolSlice[]) =>
    Float64Array.from(slices, ({ embedding }) => embedding.gapLogit!);
  return callBy(marginsOf(unseen), unseen, marginsOf(judged), judged);
}

function callBy(
  heldMargins: Float64Array,
  held: ProtocolSlice[],
  margins: Float64Array,
  judged: ProtocolSlice[],
): Judged[] {
  const truth = held.map((slice) => slice.truth);
  const { calibration } = fitTemperature(heldMargins, truth);
  const { threshold } = chooseThreshold(truth, calibratedP(heldMargins, calibration));
  const p = calibratedP(margins, calibration);
  return judged.map((slice, index) => ({ slice, p: p[index]!, called: p[index]! >= threshold }));
}

/** The pipeline nested in cross-validation, then everything once on the test patients; and what a split by slice says. */
export async function measureFinal(all: ProtocolSlice[], parts: string[], say: (row: string) => void) {
  const development = all.filter(({ isTest }) => !isTest);
  const test = all.filter(({ isTest }) => isTest);
  if (parts.includes("final")) {
    const ways = {
      "base's class score": (shown: ProtocolSlice[], judged: ProtocolSlice[]) =>
        Promise.resolve(classScore(shown, judged)),
      "plain head": plainHead,
      "the product's model": pipeline,
    };
    for (const [what, way] of Object.entries(ways)) {
      const begun = performance.now();
      const scores = [];
      for (const seed of [1, 2, 3]) {
        const folds = dealFolds(patientsOf(development), 6, seed);
        const verdicts: Judged[] = [];
        for (let fold = 0; fold < folds.count; fold++) {
          const isOut = ({ hashedKey }: ProtocolSlice) => folds.of.get(hashedKey) === fold;
          verdicts.push(
            ...(await way(
              development.filter((slice) => !isOut(slice)),
              development.filter(isOut),
              seed,
            )),
          );
        }
        scores.push(scoresOf(verdicts));
      }
      say(line("nested, out of fold", what, scores, (performance.now() - begun) / 3_000));
    }
  }
  if (parts.includes("test")) {
    for (const seed of [1, 2, 3]) {
      const ours = await pipeline(development, test, seed);
      const others = {
        "plain head": await plainHead(development, test, seed),
        "base's class score": classScore(development, test),
      };
      say(`test, seed ${seed}, the product's model: ${figures(ours)}`);
      for (const [what, verdicts] of Object.entries(others)) {
        say(`test, seed ${seed}, ${what}: ${figures(verdicts)}`);
        const difference = compareModels(scoredBy(ours), scoredBy(verdicts));
        say(`  paired difference: AUC ${show(difference.auc)}, F1 ${show(difference.f1)}`);
      }
    }
  }
  if (parts.includes("leak")) {
    const mixed = shuffle([...all], seededRandom(seedOf("leak", 1)));
    const held = Math.round(mixed.length * 0.15);
    say(
      line(
        "split by slice (leaks)",
        "plain head, 15 % of all slices held out at random",
        [scoresOf(await plainHead(mixed.slice(held), mixed.slice(0, held), 1))],
        0,
      ),
    );
  }
}

function scoresOf(verdicts: Judged[]) {
  return scoreCalls(
    verdicts.map(({ slice }) => slice.truth),
    Float64Array.from(verdicts, ({ p }) => p),
    Uint8Array.from(verdicts, ({ called }) => Number(called)),
  );
}

function scoredBy(verdicts: Judged[]) {
  const lowest = Math.min(1, ...verdicts.filter(({ called }) => called).map(({ p }) => p));
  return {
    rows: verdicts.map(({ slice, p }) => ({ patient: slice.hashedKey, truth: slice.truth, p })),
    threshold: lowest,
  };
}

function figures(verdicts: Judged[]): string {
  const { rows, threshold } = scoredBy(verdicts);
  const report = evaluateSlices(rows, threshold);
  return (
    `${report.patients} patients, ${report.slices} slices: AUC ${show(report.auc)}, F1 ${show(report.f1)}, ` +
    `sensitivity ${show(report.sensitivity)}, specificity ${show(report.specificity)}, ECE ${show(report.ece)}`
  );
}

const show = ({ value, low, high }: Figure) =>
  `${value?.toFixed(4)} (${low?.toFixed(4)} to ${high?.toFixed(4)})`;
