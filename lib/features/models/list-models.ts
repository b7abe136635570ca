import { database } from "@/lib/platform/database";
import { type Actor, requirePermission } from "@/lib/records/access";
import { servingModel } from "@/lib/records/serving-model";
import { judgeModel } from "./judge-model";
import type { ListedModel } from "./schema";
import { modelInclude, viewModel } from "./view-model";

const order = ["PRODUCTION", "CANDIDATE", "RETIRED", "REJECTED"];

/** All models: production, then candidates, then those of the past, newest first. */
export async function listModels(actor: Actor): Promise<ListedModel[]> {
  requirePermission(actor, "model:read");
  const models = await database().model.findMany({ orderBy: { number: "desc" }, include: modelInclude });
  const production = await servingModel();
  const rows = await Promise.all(
    models.map(async (model): Promise<ListedModel> => {
      const isCandidate = model.state === "CANDIDATE";
      const verdict = isCandidate ? await judgeModel(database(), model, production) : null;
      return { ...viewModel(model), gate: isCandidate ? (verdict?.outcome ?? "not-compared") : null };
    }),
  );
  return rows.sort((a, b) => order.indexOf(a.state) - order.indexOf(b.state));
}
