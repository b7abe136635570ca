import { shippedBase } from "@/lib/engine/bases/base-network";
import { openClassifier } from "@/lib/engine/classifier/classifier";
import { crossFit } from "@/lib/engine/classifier/cross-fit";
import { judgeSlices } from "@/lib/engine/classifier/judge-slices";
import { pickBackend } from "@/lib/engine/tensors/backend";
import { TrainingParameters } from "@/lib/records/training-parameters";

import type { JudgedSlice } from "@/lib/science/metrics/judged-statistics";
import { initialHead } from "@/lib/science/network/head";
import { assignFolds } from "@/lib/science/training/assign-folds";
import { tumorMargins } from "@/lib/science/training/calibrate";
import { fitHead } from "@/lib/science/training/fit-head";
import { headLogits } from "@/lib/science/training/head-logits";
import { seededRandom, seedOf, shuffle } from "@/lib/science/training/random";
import { type ProtocolSlice, patientsOf } from "./embedded-set";
import { plain, rowsOf } from "./heads";
import { callBy, compareRows, measureRow, seeds } from "./score";

const parameters = TrainingParameters.parse({});

/** From the slices shown, with their labels, to calls on others. */
type Way = (shown: ProtocolSlice[], judged: ProtocolSlice[], seed: number) => Promise<JudgedSlice[]>;

const ways: Record<string, Way> = {
  "the product's model": pipeline,
  "plain head": plainHead,
  "base's class score": classScore,
};

/** The product's pipeline from labels to calls. */
async function pipeline(
  shown: ProtocolSlice[],
  judged: ProtocolSlice[],
  seed: number,
): Promise<JudgedSlice[]> {
  const folds = assignFolds(patientsOf(shown), parameters.heads, seed);
  const { stacked } = await crossFit({ slices: shown, folds }, parameters, seed);
  const classifier = await openClassifier(await shippedBase(), stacked.weights);
  const verdicts = await judgeSlices(classifier, stacked.threshold, judged);
  await classifier.close();
  return verdicts;
}

/** The plain head of the reference: early stopping, temperature and threshold on a third of the unseen patients. */
async function plainHead(
  shown: ProtocolSlice[],
  judged: ProtocolSlice[],
  seed: number,
): Promise<JudgedSlice[]> {
  const { tf } = await pickBackend();
  const folds = assignFolds(patientsOf(shown), 3, seed);
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
  const marginsOf = async (slices: ProtocolSlice[]) => {
    const margins = tumorMargins(await headLogits(tf, head, set(slices).features));
    return slices.map(({ hashedKey: patient, truth }, row) => ({ patient, truth, margin: margins[row]! }));
  };
  return callBy(await marginsOf(held), await marginsOf(judged), "temperature");
}

/** The base's own class score, with a temperature and a threshold of the slices shown. */
async function classScore(shown: ProtocolSlice[], judged: ProtocolSlice[]): Promise<JudgedSlice[]> {
  const marginsOf = (slices: ProtocolSlice[]) =>
    slices.map(({ hashedKey: patient, truth, embedding }) => ({
      patient,
      truth,
      margin: embedding.gapLogit!,
    }));
  return callBy(marginsOf(shown.filter(({ seenByBase }) => !seenByBase)), marginsOf(judged), "temperature");
}

/** The pipeline nested in cross-validation, then everything once on the test patients; and what a split by slice says. */
export async function measureFinal(all: ProtocolSlice[], parts: string[], say: (row: string) => void) {
  const development = all.filter(({ isTest }) => !isTest);
  const test = all.filter(({ isTest }) => isTest);
  const compareWays = (part: string, judge: (way: Way, seed: number) => Promise<JudgedSlice[]>) =>
    compareRows(
      say,
      part,
      Object.fromEntries(
        Object.entries(ways).map(([what, way]) => [what, (seed: number) => judge(way, seed)]),
      ),
    );
  if (parts.includes("final"))
    await compareWays("nested, out of fold", async (way, seed) => {
      const folds = assignFolds(patientsOf(development), 5, seed);
      const verdicts: JudgedSlice[] = [];
      for (let fold = 0; fold < folds.count; fold++) {
        const isOut = ({ hashedKey }: ProtocolSlice) => folds.of.get(hashedKey) === fold;
        const shown = development.filter((slice) => !isOut(slice));
        verdicts.push(...(await way(shown, development.filter(isOut), seed)));
      }
      return verdicts;
    });
  if (parts.includes("test")) await compareWays("test patients", (way, seed) => way(development, test, seed));
  // Each draw holds out other slices, so each is a row of its own.
  for (const draw of parts.includes("leak") ? seeds : []) {
    const what = "plain head, 15 % of all slices held out at random";
    const judge = (seed: number) => {
      const mixed = shuffle([...all], seededRandom(seedOf("leak", seed)));
      const held = Math.round(mixed.length * 0.15);
      return plainHead(mixed.slice(held), mixed.slice(0, held), seed);
    };
    await measureRow(say, "split by slice", what, judge, [draw]);
  }
}
