import path from "node:path";
import { TrainingParameters } from "@/lib/features/training/schema";
import { dealFolds } from "@/lib/science/training/deal-folds";
import { seededRandom, seedOf } from "@/lib/science/training/random";
import { embeddedSet, type ProtocolSlice, patientsOf } from "./protocol/embedded-set";
import { measureFinal } from "./protocol/final";
import { crossFitMargins, type HeadVariant, plain } from "./protocol/heads";
import { columns, evidenceOf, joinOutOfFold } from "./protocol/joins";
import { line, scoreOutOfFold } from "./protocol/score";

/**
 * How the protocol of docs/decisions/0013 was chosen: every row is patient-grouped cross-validation on the patients that
 * neither the base nor the final test knows. The last part scores the product's own pipeline, nested, and once on the
 * test patients. About an hour on two cores. `SULCUS_PROTOCOL_SET` names the archive, `SULCUS_PROTOCOL_PARTS` the
 * parts (heads, joins, corrections, final, leak).
 */

const foldCount = 6;

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
  { what: "20 epochs", options: { maxEpochs: 20 } },
  { what: "best of 20 epochs by the left-out fold (optimistic)", options: { maxEpochs: 20, patience: 20 } },
  { what: "without the patients the base has seen", fitsOn: ({ seenByBase }) => !seenByBase },
  { what: "mirror images as well", mirrored: true },
  { what: "3 heads", heads: 3 },
  { what: "3 heads, patients drawn with replacement", heads: 3, bootstrap: true },
  { what: "chosen: 3e-5, weight decay 1e-3", options: chosenOptions() },
  { what: "chosen, 3 heads", options: chosenOptions(), heads: 3 },
];

function chosenOptions() {
  const { learningRate, weightDecay } = TrainingParameters.parse({});
  return { learningRate, weightDecay };
}

export async function bench() {
  const parts = (process.env.SULCUS_PROTOCOL_PARTS ?? "heads,joins,corrections,final,leak").split(",");
  const file = process.env.SULCUS_PROTOCOL_SET ?? "../shared/data/lgg-mri-segmentation.zip";
  const all = await embeddedSet(path.resolve(file));
  const development = all.filter(({ isTest }) => !isTest);
  const rows: string[] = [];
  const say = (row: string) => {
    rows.push(row);
    console.error(row);
  };
  say("| part | what | AUC | F1 | ECE | seconds | seeds |\n|---|---|---|---|---|---|---|");
  if (parts.includes("heads")) await measureHeads(development, say);
  if (parts.includes("joins")) await measureJoins(development, say);
  if (parts.includes("corrections")) await measureCorrections(development, say);
  await measureFinal(all, parts, say);
  return { name: "protocol", lines: rows };
}

const foldsOf = (slices: ProtocolSlice[], seed: number) => dealFolds(patientsOf(slices), foldCount, seed);
/** Three seeds where the comparison hangs on it; one elsewhere. */
const seedsOf = (what: string) => (/plain|chosen|3e-5|1e-3/.test(what) ? [1, 2, 3] : [1]);

async function measureHeads(slices: ProtocolSlice[], say: (row: string) => void) {
  const base = [1, 2, 3].map((seed) => {
    const folds = foldsOf(slices, seed);
    return scoreOutOfFold(
      slices.flatMap(({ hashedKey, truth, embedding }) => {
        const fold = folds.of.get(hashedKey);
        return fold == null ? [] : [{ fold, truth, margin: embedding.gapLogit! }];
      }),
    );
  });
  say(line("base", "the base's own class score", base, 0));
  for (const { what, ...variant } of headVariants) {
    const begun = performance.now();
    const scores = [];
    for (const seed of seedsOf(what)) {
      const folds = foldsOf(slices, seed);
      const margins = await crossFitMargins(slices, folds, seed, variant);
      scores.push(
        scoreOutOfFold(
          [...margins].map(([{ hashedKey, truth }, margin]) => ({
            fold: folds.of.get(hashedKey)!,
            truth,
            margin,
          })),
        ),
      );
    }
    say(line("head", what, scores, (performance.now() - begun) / 1_000 / scores.length));
  }
}

async function measureJoins(slices: ProtocolSlice[], say: (row: string) => void) {
  const own = columns.filter((name) => name.startsWith("mask-"));
  const study = columns.filter((name) => name.startsWith("study-"));
  const beside = (reach: number) =>
    columns.filter((name) => / ?-at-(\d)/.test(name) && Number(name.at(-1)) <= reach);
  const variants: { what: string; used: string[]; ridge?: number; mirrored?: boolean }[] = [
    { what: "head", used: ["head"] },
    { what: "head, base's class score", used: ["head", "gap"] },
    { what: "head, class score, own mask's evidence", used: ["head", "gap", ...own] },
    ...[1, 2, 3].map((reach) => ({
      what: `and neighbours up to ${reach}`,
      used: ["head", "gap", ...own, ...beside(reach)],
    })),
    { what: "own evidence and the mask smoothed along the study", used: ["head", "gap", ...own, ...study] },
    { what: "all of it (chosen)", used: columns },
    { what: "all of it, ridge 0.5", used: columns, ridge: 0.5 },
    { what: "all of it, ridge 10", used: columns, ridge: 10 },
    { what: "all but the head", used: columns.filter((name) => name !== "head") },
    { what: "all but the class score", used: columns.filter((name) => name !== "gap") },
    { what: "all of it, mirror images averaged in", used: columns, mirrored: true },
  ];
  const prepared = [];
  for (const seed of [1, 2, 3]) {
    const folds = foldsOf(slices, seed);
    const margins = await crossFitMargins(slices, folds, seed, { options: { ...plain, ...chosenOptions() } });
    prepared.push({
      folds,
      evidence: evidenceOf(margins),
      mirrored: evidenceOf(margins, { mirrored: true }),
    });
  }
  for (const { what, used, ridge, mirrored } of variants) {
    const begun = performance.now();
    const scores = prepared.map(({ folds, evidence, mirrored: both }) =>
      scoreOutOfFold(joinOutOfFold(mirrored ? both : evidence, folds, used, { ridge })),
    );
    say(line("join", what, scores, (performance.now() - begun) / 1_000 / scores.length));
  }
}

/** Imported labels of which one in ten is wrong, two hundred of them looked at and put right by a reader. */
async function measureCorrections(slices: ProtocolSlice[], say: (row: string) => void) {
  const folds = foldsOf(slices, 1);
  for (const weight of [1, 2, 4, 8]) {
    const begun = performance.now();
    const label = (slice: ProtocolSlice) => {
      const draw = seededRandom(seedOf("wrong", slice.studyKey, slice.position));
      const [isWrong, isCorrected] = [draw() < 0.1, draw() < 200 / slices.length];
      const truth = isWrong && !isCorrected ? ((1 - slice.truth) as 0 | 1) : slice.truth;
      return { truth, weight: isCorrected ? weight : 1 };
    };
    const margins = await crossFitMargins(slices, folds, 1, {
      options: { ...plain, ...chosenOptions() },
      label,
    });
    const scores = scoreOutOfFold(joinOutOfFold(evidenceOf(margins), folds, columns, { label }));
    say(
      line(
        "corrections",
        `a corrected label weighs ${weight} (10 % of labels wrong, 200 corrected)`,
        [scores],
        (performance.now() - begun) / 1_000,
      ),
    );
  }
}
