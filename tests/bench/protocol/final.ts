import { TrainingParameters } from "@/lib/features/training/schema";
import type { JudgedSlice } from "@/lib/science/metrics/judged-statistics";
import { initialHead } from "@/lib/science/network/head";
import { tumorMargins } from "@/lib/science/training/calibrate";
import { dealFolds } from "@/lib/science/training/deal-folds";
import { fitHead } from "@/lib/science/training/fit-head";
import { groupBy } from "@/lib/science/training/group-by";
import { headLogits } from "@/lib/science/training/head-logits";
import { seededRandom, seedOf, shuffle } from "@/lib/science/training/random";
import { shippedBase } from "@/workers/bases/base-network";
import { openClassifier } from "@/workers/classifier/classifier";
import { fitFoldHead, joinFoldHeads } from "@/workers/classifier/cross-fit";
import { pickBackend } from "@/workers/tensors/backend";
import { type ProtocolSlice, patientsOf } from "./embedded-set";
import { plain, rowsOf } from "./heads";
import { callBy, differenceOf, inWords, line, processorSeconds } from "./score";

const parameters = TrainingParameters.parse({});
const seeds = [1, 2, 3];

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
  const folds = dealFolds(patientsOf(shown), parameters.heads, seed);
  const heads = [];
  for (let headIndex = 0; headIndex < folds.count; headIndex++)
    heads.push((await fitFoldHead({ slices: shown, folds, headIndex, parameters, seed })).head);
  const joined = await joinFoldHeads({ slices: shown, folds }, heads, parameters);
  const classifier = await openClassifier(await shippedBase(), joined.weights);
  const verdicts: JudgedSlice[] = [];
  for (const study of groupBy(judged, ({ studyKey }) => studyKey).values()) {
    const said = await classifier.predictStudy(study);
    for (const [index, { hashedKey: patient, truth }] of study.entries()) {
      const p = said[index]!.pTumor;
      verdicts.push({ patient, truth, p, called: p >= joined.threshold });
    }
  }
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
  if (parts.includes("final"))
    await compareWays("nested, out of fold", say, async (way, seed) => {
      const folds = dealFolds(patientsOf(development), 5, seed);
      const verdicts: JudgedSlice[] = [];
      for (let fold = 0; fold < folds.count; fold++) {
        const isOut = ({ hashedKey }: ProtocolSlice) => folds.of.get(hashedKey) === fold;
        const shown = development.filter((slice) => !isOut(slice));
        verdicts.push(...(await way(shown, development.filter(isOut), seed)));
      }
      return verdicts;
    });
  if (parts.includes("test"))
    await compareWays("test patients", say, (way, seed) => way(development, test, seed));
  if (parts.includes("leak")) {
    const begun = processorSeconds();
    const judged: JudgedSlice[][] = [];
    for (const seed of seeds) {
      const mixed = shuffle([...all], seededRandom(seedOf("leak", seed)));
      const held = Math.round(mixed.length * 0.15);
      judged.push(await plainHead(mixed.slice(held), mixed.slice(0, held), seed));
    }
    const what = "plain head, 15 % of all slices held out at random";
    for (const [index, rows] of judged.entries())
      say(line("split by slice", what, [rows], (processorSeconds() - begun) / (index + 1)));
  }
}

/** A row for each way, then the paired differences between the product's and the others. */
async function compareWays(
  part: string,
  say: (row: string) => void,
  judge: (way: Way, seed: number) => Promise<JudgedSlice[]>,
) {
  const found: [string, JudgedSlice[][]][] = [];
  for (const [what, way] of Object.entries(ways)) {
    const begun = processorSeconds();
    const bySeed: JudgedSlice[][] = [];
    for (const seed of seeds) bySeed.push(await judge(way, seed));
    say(line(part, what, bySeed, (processorSeconds() - begun) / seeds.length));
    found.push([what, bySeed]);
  }
  const [[, ours], ...others] = found as [[string, JudgedSlice[][]], ...[string, JudgedSlice[][]][]];
  for (const [what, theirs] of others) {
    const { auc, f1, ece } = differenceOf(ours, theirs);
    say(
      `| ${part} | the product's minus ${what} | ${[auc, f1, ece].map(inWords).join(" | ")} | | ${seeds.length} |`,
    );
  }
}
