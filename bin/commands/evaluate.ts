import { evaluateArchive } from "@/lib/engine/classifier/evaluate-archive";
import { registeredBase } from "@/lib/features/bases/registered-base";
import { seenPatients } from "@/lib/features/models/seen-patients";
import { database } from "@/lib/platform/database";
import { servingModel } from "@/lib/records/serving-model";
import { sayOfFile } from "@/lib/words/files";
import { type Command, CommandFailed, callersPath, noArguments, progressLine, UsageError } from "./command";
import { findModelByName } from "./find-model-by-name";
import { withInstallation } from "./installation";

export const evaluate: Command = {
  usage: "evaluate --data ZIP [--model MODEL]",
  summary: "run a model on a labelled set without importing it; seen patients are left out",
  options: { data: { type: "string" }, model: { type: "string" } },
  async run(options) {
    noArguments(options);
    const data = options.text("data");
    if (!data) throw new UsageError("--data is needed");
    const file = callersPath(data);
    const show = progressLine();
    const result = await withInstallation(async () => {
      const name = options.text("model");
      const model = name
        ? await database().model.findUnique({ where: { id: (await findModelByName(name)).id } })
        : await servingModel();
      if (!model) throw new CommandFailed("There is no such model in production");
      const base = await registeredBase(model.baseSha256);
      const evaluation = await evaluateArchive(
        { ...model, seenPatients: await seenPatients(model.id) },
        file,
        (done, total) => show(`scoring ${done} of ${total}`),
      );
      return { model, base, ...evaluation };
    });
    if (process.stderr.isTTY) process.stderr.write("\r\x1b[K");
    for (const { file, reason } of result.skipped) options.say(`left out: ${file} ${sayOfFile(reason)}`);
    const { report, model, base } = result;
    const { masks } = report;
    const figures = {
      model: model.number,
      base: base.name,
      patients: report.patients,
      slices: report.slices,
      threshold: report.threshold,
      accuracy: report.accuracy.value,
      balancedAccuracy: report.balancedAccuracy.value,
      sensitivity: report.sensitivity.value,
      specificity: report.specificity.value,
      precision: report.precision.value,
      f1: report.f1.value,
      auc: report.auc.value,
      averagePrecision: report.averagePrecision.value,
      brier: report.brier.value,
      ece: report.ece.value,
      confusion: report.confusion,
      dice: {
        pooled: masks?.pooled.value ?? null,
        patientMean: masks?.patientMean.value ?? null,
        tumorSlices: masks?.tumorSliceMean.value ?? null,
      },
      emptySliceFalsePositivePixels: masks?.emptySliceFalsePositivePixels.value ?? null,
      seenPatients: result.seenPatients,
      secondsPerSlice: result.secondsPerSlice,
    };
    options.print(figures, forPeople(figures, report));
  },
};

function forPeople(
  figures: { model: number; patients: number; slices: number; seenPatients: number },
  report: Awaited<ReturnType<typeof evaluateArchive>>["report"],
): string {
  const left = figures.seenPatients > 0 ? `; ${figures.seenPatients} seen patients were left out` : "";
  if (figures.patients === 0)
    return `Model ${figures.model}: no unseen patient, so no figure can be claimed${left}`;
  const names = [
    "accuracy",
    "balancedAccuracy",
    "sensitivity",
    "specificity",
    "precision",
    "f1",
    "auc",
    "ece",
  ] as const;
  const lines = names.map((name) => {
    const { value, low, high } = report[name];
    const interval = low === null || high === null ? "" : ` (${low.toFixed(3)} to ${high.toFixed(3)})`;
    return `  ${name.padEnd(18)} ${value === null ? "-" : value.toFixed(3)}${interval}`;
  });
  return [
    `Model ${figures.model} on ${figures.patients} unseen patients, ${figures.slices} slices (95 % patient bootstrap)${left}`,
    ...lines,
  ].join("\n");
}
