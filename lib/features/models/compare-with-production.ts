import { database } from "@/lib/platform/database";
import { notFound } from "@/lib/platform/errors";
import { type Actor, requirePermission } from "@/lib/records/access";
import { Differences } from "@/lib/records/json-columns";
import { servingModel } from "@/lib/records/serving-model";
import { findComparison } from "./judge-model";
import type { Comparison, ComparisonNote } from "./schema";
import { testSetNotes } from "./test-set-notes";
import { modelInclude, newestOnOwnCohort, viewEvaluation } from "./view-model";

/**
 * A model's figures beside production's on the same patients, which neither nor an ancestor of theirs has seen.
 * A side without such figures is null, and the notes say why. Throws `not-found`.
 */
export async function compareWithProduction(
  actor: Actor,
  { modelId }: { modelId: string },
): Promise<Comparison> {
  requirePermission(actor, "model:read");
  const model = await database().model.findUnique({ where: { id: modelId }, include: modelInclude });
  if (!model) throw notFound({ code: "no-such-model" });
  const production = await servingModel();
  const isOther = production !== null && production.id !== model.id;
  const compared = isOther ? await findComparison(database(), model, production.id) : null;
  const candidate = compared?.own ?? newestOnOwnCohort(model);

  const notes: ComparisonNote[] = [];
  if (!candidate) notes.push({ code: "no-unseen-patient" });
  else if (compared) notes.push({ code: "scored-on-the-same" });
  else if (candidate.snapshotId === null) notes.push({ code: "figures-of-card" });
  else if (isOther) notes.push({ code: "production-not-scored", number: production.number });
  if (candidate) notes.push(...(await testSetNotes(candidate)));
  return {
    candidate: candidate ? viewEvaluation(candidate) : null,
    production: compared ? viewEvaluation(compared.other) : null,
    productionNumber: production?.number ?? null,
    differences: compared ? Differences.parse(compared.own.differences) : null,
    notes,
  };
}
