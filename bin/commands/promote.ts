import { findGate } from "@/lib/features/models/find-gate";
import { promoteModel } from "@/lib/features/models/promote-model";
import { requestComparison } from "@/lib/features/models/request-comparison";
import { PromoteModel } from "@/lib/features/models/schema";
import { systemActor } from "@/lib/records/access";
import { type Command, onlyArgument } from "./command";
import { findModelByName } from "./find-model-by-name";
import { withInstallation } from "./installation";
import { parseOptions } from "./parse-options";
import { waitForJob } from "./wait-for-job";

export const promote: Command = {
  usage: "promote MODEL [--reason TEXT]",
  summary: "put a model (number or id) into production through the gate; what it lacks is predicted",
  options: { reason: { type: "string" } },
  async run(options) {
    const name = onlyArgument(options, "model");
    const model = await withInstallation(async ({ ensureWorker }) => {
      const found = await findModelByName(name);
      const modelId = found.id;
      const input = parseOptions(PromoteModel, { modelId, reason: options.text("reason") });
      await ensureWorker();
      const gate = await findGate(systemActor, { modelId });
      // Another model may have gone into production since its run.
      if (!gate.verdict && found.state !== "PRODUCTION" && found.state !== "REJECTED")
        await waitForJob((await requestComparison(systemActor, { modelId })).jobId);
      const { jobId } = await promoteModel(systemActor, input);
      await waitForJob(jobId);
      return found;
    });
    options.print({ model: model.number, id: model.id }, `Model ${model.number} is in production`);
  },
};
