import { promoteModel } from "@/lib/features/models/promote-model";
import { systemActor } from "@/lib/features/users/access";
import { type Command, onlyArgument } from "./command";
import { findModelByName } from "./find-model-by-name";
import { withInstallation } from "./installation";
import { waitForJob } from "./wait-for-job";

export const promote: Command = {
  usage: "promote MODEL",
  summary: "put a model (number or id) into production and predict all slices anew",
  async run(options) {
    const name = onlyArgument(options, "model");
    const model = await withInstallation(async ({ ensureWorker }) => {
      const found = await findModelByName(name);
      const { jobId } = await promoteModel(systemActor, { modelId: found.id });
      await ensureWorker();
      await waitForJob(jobId);
      return found;
    });
    options.print({ model: model.number, id: model.id }, `Model ${model.number} is in production`);
  },
};
