import { createHash } from "node:crypto";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { readBaseCard, shippedBase } from "@/lib/engine/bases/base-network";
import { openClassifier } from "@/lib/engine/classifier/classifier";
import { crossFit, type LearningSlice } from "@/lib/engine/classifier/cross-fit";
import { initialModelFiles } from "@/lib/engine/classifier/initial-model";
import { cardOf } from "@/lib/engine/classifier/model-card";
import { scoreArchive } from "@/lib/engine/classifier/score-archive";
import { archivePatients } from "@/lib/engine/embedding/archive-patients";
import { type EmbeddedArchiveSlice, embedArchive } from "@/lib/engine/embedding/embedded-archive";
import { readLabelledArchive } from "@/lib/engine/embedding/labelled-archive";
import { pickBackend } from "@/lib/engine/tensors/backend";
import { splitSeed } from "@/lib/features/snapshots/take-snapshot";
import { TrainingParameters } from "@/lib/records/training-parameters";
import { encodeClassifier } from "@/lib/science/network/classifier-artifact";
import { assignFolds } from "@/lib/science/training/assign-folds";
import { UNCALIBRATED } from "@/lib/science/training/calibrate";
import { groupBy } from "@/lib/science/training/group-by";
import { type Role, splitByPatient } from "@/lib/science/training/split-by-patient";
import { sayNotes } from "@/lib/words/notes";
import { type Command, noArguments, progressLine, UsageError } from "./command";

/**
 * Makes the model that ships with the product, by the code that every training run uses: fitted on the base's own
 * patients and part of the others, tested on those kept out.
 */
export const fitInitialModel: Command = {
  usage: "fit-initial-model --data ZIP --out FOLDER [--seed N]",
  summary: "make the shipped model from a labelled set (docs/operations.md)",
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
    const seen = new Set(base.seenPatients);
    const inference = await shippedBase();
    const show = progressLine();
    const archive = await readLabelledArchive(path.resolve(process.env.INIT_CWD ?? process.cwd(), data));
    const slices: EmbeddedArchiveSlice[] = [];
    for await (const study of embedArchive(archive, inference, (done, total) =>
      show(`embedding ${done} of ${total}`),
    ))
      slices.push(...study);

    const patients = archivePatients(slices, seen);
    const { roles, notes: said } = splitByPatient(patients, splitSeed);
    const notes = sayNotes(said);
    const of = (role: Role) => slices.filter(({ hashedKey }) => roles.get(hashedKey) === role);
    for (const note of notes) options.say(note);

    const parameters = TrainingParameters.parse({});
    const learning = [...of("train"), ...of("validation")].map(
      (slice): LearningSlice => ({ ...slice, weight: 1 }),
    );
    const folds = assignFolds(
      patients.filter(({ hashedKey }) => roles.get(hashedKey) !== "test"),
      parameters.heads,
      seed,
    );
    const { heads, stacked } = await crossFit({ slices: learning, folds }, parameters, seed, {
      onHead: ({ validationLoss }, headIndex) =>
        options.say(`head ${headIndex + 1} of ${folds.count}: loss ${validationLoss.toFixed(4)}`),
    });

    const classifier = await openClassifier(inference, stacked.weights);
    const test = groupBy(of("test"), ({ studyKey }) => studyKey).values();
    const figures = of("test").length > 0 ? await scoreArchive(classifier, stacked.threshold, test) : null;
    await classifier.close();

    const hashed = (role: Role) => [...new Set(of(role).map((slice) => slice.hashedKey))].sort();
    const artifact = encodeClassifier(stacked.weights, {
      base: inference.baseSha256,
      threshold: String(stacked.threshold),
    });
    const backend = await pickBackend();
    const card = {
      name: "initial-model",
      ...cardOf(stacked, heads, folds),
      sha256: createHash("sha256").update(artifact).digest("hex"),
      base: base.name,
      baseSha256: inference.baseSha256,
      licence:
        "weights: CC BY-NC-SA 4.0, research use (fitted on data published under it); not a medical device",
      dataset: "LGG MRI segmentation (Buda et al. 2019; TCGA-LGG), CC BY-NC-SA 4.0",
      command:
        "npm run --silent sulcus -- fit-initial-model --data lgg-mri-segmentation.zip --out lib/engine/shipped",
      seed,
      parameters,
      backend: { name: backend.name, version: backend.version },
      threshold: stacked.threshold,
      temperature: UNCALIBRATED.temperature,
      split: { train: hashed("train"), validation: hashed("validation"), test: hashed("test") },
      notes,
      figures: figures && { ...figures, perPatient: [] },
    };
    await writeFile(path.join(out, initialModelFiles.artifact), artifact);
    await writeFile(path.join(out, initialModelFiles.card), `${JSON.stringify(card, null, 1)}\n`);
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
