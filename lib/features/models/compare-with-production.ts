import { database } from "@/lib/platform/database";
import { notFound } from "@/lib/platform/errors";
import { type Actor, requirePermission } from "../users/access";
import type { Comparison } from "./schema";
import { viewEvaluation } from "./view-model";

/**
 * A model's figures beside production's on the same patients, which neither nor an ancestor of theirs has seen.
 * A side without such figures is null, and the notes say why. Throws `not-found`.
 */
export async function compareWithProduction(
  actor: Actor,
  { modelId }: { modelId: string },
): Promise<Comparison> {
  requirePermission(actor, "model:read");
  const [model, production] = await Promise.all([
    database().model.findUnique({
      where: { id: modelId },
      include: { evaluations: { where: { snapshotId: { not: null } }, orderBy: { createdAt: "desc" } } },
    }),
    database().model.findFirst({ where: { state: "PRODUCTION" }, include: { evaluations: true } }),
  ]);
  if (!model) throw notFound("model");

  const notes: string[] = [];
  // The newest snapshot on which both were scored.
  const own = model.evaluations.find((evaluation) =>
    production?.evaluations.some((other) => other.snapshotId === evaluation.snapshotId),
  );
  const candidate = own ?? model.evaluations[0];
  const other = production?.evaluations.find((evaluation) => own && evaluation.snapshotId === own.snapshotId);
  if (!candidate)
    notes.push("No patient was left that this model has not seen, so no figure can be claimed.");
  else if (!production) notes.push("No model is in production to compare with.");
  else if (production.id === model.id) notes.push("This model is in production.");
  else if (!other) notes.push(`Model ${production.number} was not scored on these test patients.`);
  else notes.push("Both models were scored on the same slices of patients that neither has seen.");
  if (candidate && candidate.patients < 10) {
    notes.push(`Only ${candidate.patients} test patients: read the intervals, not the figures.`);
  }
  return {
    candidate: candidate ? viewEvaluation(candidate) : null,
    production: other && production?.id !== model.id ? viewEvaluation(other) : null,
    productionNumber: production?.number ?? null,
    notes,
  };
}
