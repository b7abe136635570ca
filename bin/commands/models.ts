import { listModels } from "@/lib/features/models/list-models";
import { systemActor } from "@/lib/records/access";
import { type Command, noArguments } from "./command";
import { withInstallation } from "./installation";

export const models: Command = {
  usage: "models",
  summary: "list models with their figures on patients that they have not seen",
  async run(options) {
    noArguments(options);
    const rows = await withInstallation(() => listModels(systemActor));
    const plain = rows.map(({ id, number, state, cohort, createdAt, evaluation }) => ({
      id,
      number,
      state,
      cohort,
      createdAt,
      patients: evaluation?.patients ?? 0,
      slices: evaluation?.slices ?? 0,
      auc: evaluation?.metrics.auc ?? null,
      f1: evaluation?.metrics.f1 ?? null,
    }));
    const figure = (value: { value: number | null; low: number | null; high: number | null } | null) =>
      value?.value == null
        ? "-"
        : `${value.value.toFixed(3)} (${value.low?.toFixed(3)} to ${value.high?.toFixed(3)})`;
    options.print(
      plain,
      plain
        .map(
          (model) =>
            `${String(model.number).padStart(3)}  ${model.state.padEnd(10)} ${model.cohort.padEnd(7)} ` +
            (model.patients > 0
              ? `AUC ${figure(model.auc)}, F1 ${figure(model.f1)} on ${model.patients} unseen patients, ${model.slices} slices`
              : "tested on no unseen patient"),
        )
        .join("\n"),
    );
  },
};
