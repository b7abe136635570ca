import { findProduction } from "@/lib/features/models/find-production";
import { requestPrediction } from "@/lib/features/predictions/request-prediction";
import { database } from "@/lib/platform/database";
import { systemActor } from "@/lib/records/access";
import { type Command, noArguments } from "./command";
import { withInstallation } from "./installation";
import { waitForJob } from "./wait-for-job";

export const predict: Command = {
  usage: "predict",
  summary: "predict every slice that lacks a prediction of the production model",
  async run(options) {
    noArguments(options);
    const result = await withInstallation(async ({ ensureWorker }) => {
      const { jobId } = await requestPrediction(systemActor);
      await ensureWorker();
      await waitForJob(jobId);
      const production = await findProduction(systemActor);
      const predictions = await database().prediction.count({ where: { modelId: production?.id } });
      return { model: production?.number ?? null, predictions };
    });
    options.print(result, `${result.predictions} slices have a prediction of model ${result.model}`);
  },
};
