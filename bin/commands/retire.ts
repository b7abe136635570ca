import { retireModel } from "@/lib/features/models/retire-model";
import { RetireModel } from "@/lib/features/models/schema";
import { systemActor } from "@/lib/records/access";
import { type Command, onlyArgument } from "./command";
import { findModelByName } from "./find-model-by-name";
import { withInstallation } from "./installation";
import { parseOptions } from "./parse-options";

export const retire: Command = {
  usage: "retire MODEL [--reason TEXT]",
  summary: "put a candidate aside; it may still be promoted",
  options: { reason: { type: "string" } },
  async run(options) {
    const name = onlyArgument(options, "model");
    const { number, id } = await withInstallation(async () => {
      const found = await findModelByName(name);
      await retireModel(
        systemActor,
        parseOptions(RetireModel, { modelId: found.id, reason: options.text("reason") }),
      );
      return found;
    });
    options.print({ model: number, id }, `Model ${number} is retired`);
  },
};
