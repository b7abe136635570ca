import { listModels } from "@/lib/features/models/list-models";
import type { ModelRow } from "@/lib/features/models/schema";
import { notFound } from "@/lib/platform/errors";
import { systemActor } from "@/lib/records/access";

/** A model by its number (`2`, `v2`) or id. Throws `not-found`. */
export async function findModelByName(name: string): Promise<ModelRow> {
  const models = await listModels(systemActor);
  const number = /^v?(\d+)$/i.exec(name)?.[1];
  const found = models.find((model) => model.id === name || (number && model.number === Number(number)));
  if (!found) throw notFound(`model as ${name}`);
  return found;
}
