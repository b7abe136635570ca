import { listModels } from "@/lib/features/models/list-models";
import type { ModelRow } from "@/lib/features/models/schema";
import { systemActor } from "@/lib/records/access";
import { CommandFailed } from "./command";

/** A model by its number (`2`, `v2`) or id. Throws `CommandFailed`. */
export async function findModelByName(name: string): Promise<ModelRow> {
  const models = await listModels(systemActor);
  const number = /^v?(\d+)$/i.exec(name)?.[1];
  const found = models.find((model) => model.id === name || (number && model.number === Number(number)));
  if (!found) throw new CommandFailed(`There is no such model as ${name}`);
  return found;
}
