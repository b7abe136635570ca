import { createHash } from "node:crypto";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { TrainingParameters } from "@/lib/features/training/schema";
import { splitSeed } from "@/lib/features/training/take-snapshot";
import { type MaskTally, tallyMasks } from "@/lib/science/metrics/dice";
import { evaluateSlices } from "@/lib/science/metrics/evaluate";
import { FEATURE_LENGTH } from "@/lib/science/network/head";
import { encodeHeadArtifact } from "@/lib/science/network/head-artifact";
import { MASK_SIZE } from "@/lib/science/network/mask-decoder";
import type { LabelledFeatures } from "@/lib/science/training/fit-head";
import { type Role, splitByPatient } from "@/lib/science/training/split-by-patient";
import { pickBackend } from "@/workers/backend";
import { readBaseCard, shippedBase } from "@/workers/base-network";
import { openClassifier } from "@/workers/classifier";
import { fitClassifier } from "@/workers/fit-classifier";
import { type LabelledSlice, readLabelledArchive } from "@/workers/labelled-archive";
import { proposedMask } from "@/workers/proposed-mask";
import { type Command, callersPath, noArguments, progressLine, UsageError } from "./command";

/** A slice without its pixels, which are only needed to embed it. */
type EmbeddedSlice = Omit<LabelledSlice, "input"> & { features: Float32Array; proposed: Uint8Array };

const maskLength = MASK_SIZE * MASK_SIZE;

/**
 * Makes the head that ships with the product, by the code that every training run uses: fitted on the base's own
 * patients and part of the others, tested on those kept out.
 */
export const fitInitialHead: Command = {
  usage: "fit-initial-head --data ZIP --out FOLDER [--seed N]",
  summary: "make the shipped head from a labelled set (docs/operations.md)",
  options: { data: { type: "string" }, out: { type: "string" }, seed: { type: "string" } },
  async run(options) {
    noArguments(options);
    const data = options.text("data");
    const out = options.text("out");
    const seed = Number(options.text("seed") ?? 1);
    if (!data || !out || !Number.isInteger(seed)) throw new UsageError("--data and --out are needed");
    process.env.SULCUS_DATA ??= path.resolve(".data");
    process.env.DATABASE_URL ??= "none: this command needs no database";

    const base = await readBaseCard();
    const slices = await embedArchive(callersPath(data));
    const { roles, notes } = splitSlices(slices, new Set(base.seenPatients));
    const of = (role: Role) => slices.filter((slice) => roles.get(slice.patientKey) === role);
    for (const note of notes) options.say(note);

    const parameters = TrainingParameters.parse({});
    const backend = await pickBackend();
    const fitted = await fitClassifier({
      train: featuresOf(of("train")),
      validation: featuresOf(of("validation")),
      options: { ...parameters, seed, classWeights: null },
      onEpoch: ({ epoch, trainLoss, validationLoss }) =>
        options.say(`epoch ${epoch}: train ${trainLoss.toFixed(4)}, validation ${validationLoss.toFixed(4)}`),
    });

    const inference = await shippedBase();
    const classifier = await openClassifier(inference, fitted.head, fitted.temperature);
    const test = of("test");
    const figures = await score(test, await classifier.predict(featuresOf(test).features), fitted.threshold);
    await classifier.close();

    const hashed = (role: Role) => [...new Set(of(role).map((slice) => slice.hashedKey))].sort();
    const artifact = encodeHeadArtifact(fitted.head, {
      base: inference.baseSha256,
      temperature: String(fitted.temperature),
      threshold: String(fitted.threshold),
    });
    const card = {
      name: "initial-head",
      kind: "plain head on cached features",
      sha256: createHash("sha256").update(artifact).digest("hex"),
      base: base.name,
      baseSha256: inference.baseSha256,
      licence:
        "weights: CC BY-NC-SA 4.0, research use (fitted on data published under it); not a medical device",
      dataset: "LGG MRI segmentation (Buda et al. 2019; TCGA-LGG), CC BY-NC-SA 4.0",
      command:
        "npm run --silent sulcus -- fit-initial-head --data lgg-mri-segmentation.zip --out workers/base",
      seed,
      parameters,
      backend: { name: backend.name, version: backend.version },
      epochs: fitted.epochs,
      bestEpoch: fitted.bestEpoch,
      threshold: fitted.threshold,
      temperature: fitted.temperature,
      calibration: { eceBefore: fitted.eceBefore, eceAfter: fitted.eceAfter },
      split: { train: hashed("train"), validation: hashed("validation"), test: hashed("test") },
      notes,
      figures: figures && { ...figures, perPatient: [] },
    };
    await writeFile(path.join(out, "initial-head.safetensors"), artifact);
    await writeFile(path.join(out, "initial-head.card.json"), `${JSON.stringify(card, null, 1)}\n`);
    const auc = figures?.auc;
    options.print(
      card,
      figures
        ? `AUC ${auc?.value?.toFixed(4)} (${auc?.low?.toFixed(3)} to ${auc?.high?.toFixed(3)}), ` +
            `F1 ${figures.f1.value?.toFixed(4)}, ECE ${figures.ece.value?.toFixed(4)} ` +
            `on ${figures.patients} unseen patients, ${figures.slices} slices`
        : "no patient was left to test on",
    );
  },
};

async function embedArchive(file: string): Promise<EmbeddedSlice[]> {
  const archive = await readLabelledArchive(file);
  const inference = await shippedBase();
  const show = progressLine();
  const slices: EmbeddedSlice[] = [];
  for await (const window of archive.windows()) {
    for (const { input, ...slice } of window) {
      const { features, maskLogits } = await inference.embed(input);
      const proposed = proposedMask(maskLogits!.subarray(0, maskLength), slice.rows, slice.columns);
      slices.push({ ...slice, features, proposed });
    }
    show(`embedding ${slices.length} of ${archive.total}`);
  }
  return slices;
}

function splitSlices(slices: EmbeddedSlice[], seen: ReadonlySet<string>) {
  const patients = new Map<string, EmbeddedSlice[]>();
  for (const slice of slices)
    patients.set(slice.patientKey, [...(patients.get(slice.patientKey) ?? []), slice]);
  return splitByPatient(
    [...patients].map(([key, own]) => ({
      key,
      hashedKey: own[0]!.hashedKey,
      site: own[0]!.site,
      tumorShare: own.filter((slice) => slice.truth === 1).length / own.length,
      seenByAncestor: seen.has(own[0]!.hashedKey),
    })),
    splitSeed,
  );
}

function featuresOf(slices: EmbeddedSlice[]): LabelledFeatures {
  const features = new Float32Array(slices.length * FEATURE_LENGTH);
  for (const [row, slice] of slices.entries()) features.set(slice.features, row * FEATURE_LENGTH);
  return { features, truth: Uint8Array.from(slices, (slice) => slice.truth) };
}

function score(test: EmbeddedSlice[], p: Float64Array, threshold: number) {
  if (test.length === 0) return null;
  const masks: MaskTally = new Map();
  for (const slice of test) if (slice.mask) tallyMasks(masks, slice.patientKey, slice.proposed, slice.mask);
  const rows = test.map((slice, index) => ({ patient: slice.patientKey, truth: slice.truth, p: p[index]! }));
  return evaluateSlices(rows, threshold, { masks });
}
