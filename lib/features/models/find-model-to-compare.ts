import { database } from "@/lib/platform/database";
import { servingModel } from "@/lib/records/serving-model";
import { findComparison } from "./judge-model";

/**
 * A model with the one in production that it is to be compared with, null where that is the same or there is none; the
 * snapshot that it learned from; and whether the two have been compared already. Throws where it is gone.
 */
export async function findModelToCompare(modelId: string) {
  const db = database();
  const model = await db.model.findUniqueOrThrow({ where: { id: modelId }, include: { run: true } });
  const serving = await servingModel();
  const production = serving?.id === modelId ? null : serving;
  const isCompared = production !== null && (await findComparison(db, model, production.id)) !== null;
  return { model, production, snapshotId: model.run?.snapshotId ?? null, isCompared };
}
