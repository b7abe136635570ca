import { database, type Transaction } from "@/lib/platform/database";

/** The model in production: the one whose predictions and flags people see. Null before the first. */
export function servingModel(db: Transaction = database()) {
  return db.model.findFirst({ where: { state: "PRODUCTION" } });
}

/** The model in production, where only its id is needed; an id that no model has where none is in production. */
export async function servingModelId(db: Transaction): Promise<string> {
  const model = await db.model.findFirst({ where: { state: "PRODUCTION" }, select: { id: true } });
  return model?.id ?? noModel;
}

const noModel = "00000000-0000-0000-0000-000000000000";
