import { findProduction } from "@/lib/features/models/find-production";
import { rollBackModel } from "@/lib/features/models/roll-back-model";
import { RollBackModel } from "@/lib/features/models/schema";
import { systemActor } from "@/lib/records/access";
import { type Command, CommandFailed, noArguments } from "./command";
import { withInstallation } from "./installation";
import { parseOptions } from "./parse-options";
import { waitForJob } from "./wait-for-job";

export const rollback: Command = {
  usage: "rollback --reason TEXT",
  summary: "put the model before the one in production back",
  options: { reason: { type: "string" } },
  async run(options) {
    noArguments(options);
    const result = await withInstallation(async ({ ensureWorker }) => {
      const production = await findProduction(systemActor);
      if (!production) throw new CommandFailed("No model is in production");
      const input = parseOptions(RollBackModel, {
        modelId: production.id,
        reason: options.text("reason") ?? "",
      });
      const { jobId, number, modelId } = await rollBackModel(systemActor, input);
      await ensureWorker();
      await waitForJob(jobId);
      return { model: number, id: modelId, rolledBackFrom: production.number };
    });
    options.print(result, `Model ${result.model} is in production again`);
  },
};
