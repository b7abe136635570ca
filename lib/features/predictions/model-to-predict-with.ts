import { database } from "@/lib/platform/database";
import { servingModel } from "@/lib/records/serving-model";

/** The model that a prediction job is for: the one that is named, else the one in production. Null for a rejected one. */
export async function modelToPredictWith(modelId: string | undefined) {
  const db = database();
  const model = modelId ? await db.model.findUnique({ where: { id: modelId } }) : await servingModel(db);
  return model?.state === "REJECTED" ? null : model;
}
