import { rejectModel } from "@/lib/features/models/reject-model";
import { RejectModel } from "@/lib/features/models/schema";
import { systemActor } from "@/lib/records/access";
import { type Command, onlyArgument } from "./command";
import { findModelByName } from "./find-model-by-name";
import { withInstallation } from "./installation";
import { parseOptions } from "./parse-options";

export const reject: Command = {
  usage: "reject MODEL --reason TEXT",
  summary: "mark a candidate or a model of the past as never to be used",
  options: { reason: { type: "string" } },
  async run(options) {
    const name = onlyArgument(options, "model");
    const { number, id } = await withInstallation(async () => {
      const found = await findModelByName(name);
      await rejectModel(
        systemActor,
        parseOptions(RejectModel, { modelId: found.id, reason: options.text("reason") ?? "" }),
      );
      return found;
    });
    options.print({ model: number, id }, `Model ${number} is rejected`);
  },
};
