import path from "node:path";
import { TrainingParameters } from "@/lib/records/training-parameters";

import { assignFolds } from "@/lib/science/training/assign-folds";
import { seededRandom, seedOf } from "@/lib/science/training/random";
import { embeddedSet, type ProtocolSlice, patientsOf } from "./protocol/embedded-set";
import { measureFinal } from "./protocol/final";
import { crossFitMargins, type HeadVariant, plain } from "./protocol/heads";
import { measureInt8 } from "./protocol/int8";
import { type CalibrationName, judgeOutOfFold, measureRow, seeds } from "./protocol/score";
import { columns, evidenceOf, stackOutOfFold } from "./protocol/stacking";

/**
 * How the protocol of docs/protocol.md was chosen: every row is patient-grouped cross-validation on the patients that
 * neither the base nor the final test knows, with three seeds. The last parts score the product's own pipeline, nested,
 * and once on the test patients. About ninety minutes of one core. `SULCUS_PROTOCOL_SET` names the archive,
 * `SULCUS_PROTOCOL_PARTS` the parts (heads, stacking, corrections, int8, final, test, leak).
 */

const foldCount = 5;
/** Fewer where only heads are compared, each of them fitted again for every row. */
const headFoldCount = 3;

const { learningRate, weightDecay } = TrainingParameters.parse({});
const chosen = { ...plain, learningRate, weightDecay };

const headVariants: HeadVariant[] = [
  { what: "plain head" },
  { what: "class weights, balanced", options: { classWeights: [0.76, 1.45] } },
  { what: "label smoothing 0.1", options: { labelSmoothing: 0.1 } },
  { what: "weight decay 1e-3", options: { weightDecay: 1e-3 } },
  { what: "weight decay 1e-2", options: { weightDecay: 1e-2 } },
  { what: "batch 16", options: { batchSize: 16 } },
  { what: "batch 128", options: { batchSize: 128 } },
  { what: "learning rate 3e-4", options: { learningRate: 3e-4 } },
  { what: "learning rate 3e-5", options: { learningRate: 3e-5 } },
  { what: "learning rate along a cosine", options: { schedule: "cosine" } },
  { what: "dropout 0.5", options: { dropout: 0.5 } },
  { what: "5 epochs", options: { maxEpochs: 5 } },
  {
    what: "best of 20 epochs by the left-out fold (optimistic)",
    options: { maxEpochs: 20, patience: 20 },
  },
  { what: "without the patients the base has seen", fitsOn: ({ seenByBase }) => !seenByBase },
  { what: "mirror images as well", views: ["mirrored"] },
  { what: "mirror images and shifted ones as well", views: ["mirrored", "shifted"] },
  { what: "3 heads of other seeds", heads: 3 },
  { what: "3 heads, patients drawn with replacement", heads: 3, bootstrap: true },
  { what: "chosen: learning rate 3e-5, weight decay 1e-3", options: chosen },
];

export async function bench() {
  const parts = (
    process.env.SULCUS_PROTOCOL_PARTS ?? "heads,stacking,corrections,int8,final,test,leak"
  ).split(",");
  const file = process.env.SULCUS_PROTOCOL_SET ?? "../shared/data/lgg-mri-segmentation.zip";
  const all = await embeddedSet(path.resolve(file));
  const development = all.filter(({ isTest }) => !isTest);
  const rows: string[] = [];
  const say = (row: string) => {
    rows.push(row);
    console.error(row);
  };
  say("| part | what | AUC | F1 | ECE | processor s | seeds |\n|---|---|---|---|---|---|---|");
  if (parts.includes("heads")) await measureHeads(development, say);
  if (parts.includes("stacking")) await measureStacking(development, say);
  if (parts.includes("corrections")) await measureCorrections(development, say);
  if (parts.includes("int8")) await measureInt8(development, path.resolve(file), say);
  await measureFinal(all, parts, say);
  return { name: "protocol", lines: rows };
}

const foldsOf = (slices: ProtocolSlice[], seed: number, count = foldCount) =>
  assignFolds(patientsOf(slices), count, seed);

async function measureHeads(slices: ProtocolSlice[], say: (row: string) => void) {
  const judge = (seed: number, margins: Iterable<[ProtocolSlice, number]>) => {
    const folds = foldsOf(slices, seed, headFoldCount);
    const rows = [...margins].flatMap(([{ hashedKey: patient, truth }, margin]) => {
      const fold = folds.of.get(patient);
      return fold == null ? [] : [{ patient, fold, truth, margin }];
    });
    return judgeOutOfFold(rows, "temperature");
  };
  const scores = slices.map((slice): [ProtocolSlice, number] => [slice, slice.embedding.gapLogit!]);
  await measureRow(say, "base", "the base's own class score", (seed) => judge(seed, scores));
  for (const { what, ...variant } of headVariants)
    await measureRow(say, "head", what, async (seed) =>
      judge(seed, await crossFitMargins(slices, foldsOf(slices, seed, headFoldCount), seed, variant)),
    );
}

interface StackingVariant {
  what: string;
  used?: string[];
  ridge?: number;
  mirrored?: boolean;
  calibration?: CalibrationName;
}

async function measureStacking(slices: ProtocolSlice[], say: (row: string) => void) {
  const own = columns.filter((name) => name.startsWith("mask-"));
  const study = columns.filter((name) => name.startsWith("study-"));
  const beside = (reach: number) =>
    columns.filter((name) => / ?-at-(\d)/.test(name) && Number(name.at(-1)) <= reach);
  const variants: StackingVariant[] = [
    { what: "head", used: ["head"] },
    { what: "head, base's class score", used: ["head", "gap"] },
    { what: "head, class score, own mask's evidence", used: ["head", "gap", ...own] },
    ...[1, 2, 3].map((reach) => ({
      what: `and neighbours up to ${reach}`,
      used: ["head", "gap", ...own, ...beside(reach)],
    })),
    { what: "own evidence and the mask smoothed along the study", used: ["head", "gap", ...own, ...study] },
    { what: "all of it, ridge 2 (chosen)" },
    { what: "all of it, ridge 0.5", ridge: 0.5 },
    { what: "all of it, ridge 10", ridge: 10 },
    { what: "all of it, then a temperature", calibration: "temperature" },
    { what: "all of it, then Platt's sigmoid", calibration: "platt" },
    { what: "all but the head", used: columns.filter((name) => name !== "head") },
    { what: "all but the class score", used: columns.filter((name) => name !== "gap") },
    { what: "all of it, mirror images averaged in", mirrored: true },
  ];
  const prepare = async (seed: number, heads: number) => {
    const folds = foldsOf(slices, seed, heads);
    const margins = await crossFitMargins(slices, folds, seed, { options: chosen });
    return { folds, evidence: evidenceOf(margins), mirrored: evidenceOf(margins, { mirrored: true }) };
  };
  const prepared = new Map<number, Awaited<ReturnType<typeof prepare>>>();
  for (const seed of seeds) prepared.set(seed, await prepare(seed, foldCount));
  for (const { what, used = columns, ridge, mirrored, calibration = "none" } of variants)
    await measureRow(say, "stacking", what, (seed) => {
      const { folds, evidence, mirrored: both } = prepared.get(seed)!;
      const rows = stackOutOfFold(mirrored ? both : evidence, folds, used, { ridge });
      return judgeOutOfFold(rows, calibration);
    });
  for (const heads of [3, 8])
    await measureRow(
      say,
      "stacking",
      `all of it, ${heads} heads and folds in place of ${foldCount}`,
      async (seed) => {
        const { folds, evidence } = await prepare(seed, heads);
        return judgeOutOfFold(stackOutOfFold(evidence, folds, columns), "none");
      },
    );
}

/** Imported labels of which one in ten is wrong, two hundred of them looked at and put right by a reader. */
async function measureCorrections(slices: ProtocolSlice[], say: (row: string) => void) {
  for (const weight of [1, 2, 4, 8]) {
    const label = (slice: ProtocolSlice) => {
      const draw = seededRandom(seedOf("wrong", slice.studyKey, slice.position));
      const [isWrong, isCorrected] = [draw() < 0.1, draw() < 200 / slices.length];
      const truth = isWrong && !isCorrected ? ((1 - slice.truth) as 0 | 1) : slice.truth;
      return { truth, weight: isCorrected ? weight : 1 };
    };
    const what = `a corrected label weighs ${weight} (10 % of labels wrong, 200 looked at)`;
    await measureRow(say, "corrections", what, async (seed) => {
      const folds = foldsOf(slices, seed);
      const margins = await crossFitMargins(slices, folds, seed, { options: chosen, label });
      return judgeOutOfFold(stackOutOfFold(evidenceOf(margins), folds, columns, { label }), "none");
    });
  }
}
