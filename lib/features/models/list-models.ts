import { database } from "@/lib/platform/database";
import { type Actor, requirePermission } from "../users/access";
import type { ModelRow } from "./schema";
import { modelInclude, viewModel } from "./view-model";

const order = ["PRODUCTION", "CANDIDATE", "RETIRED", "REJECTED"];

/** All models: production, then candidates, then those of the past, newest first. */
export async function listModels(actor: Actor): Promise<ModelRow[]> {
  requirePermission(actor, "model:read");
  const models = await database().model.findMany({ orderBy: { number: "desc" }, include: modelInclude });
  return models.map(viewModel).sort((a, b) => order.indexOf(a.state) - order.indexOf(b.state));
}
