import { database } from "@/lib/platform/database";
import { notFound } from "@/lib/platform/errors";
import { type Actor, requirePermission } from "../users/access";
import type { Comparison } from "./schema";
import { testSetNotes } from "./test-set-notes";
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
      include: {
        evaluations: { orderBy: { createdAt: "desc" }, include: { snapshot: { select: { cohort: true } } } },
      },
    }),
    database().model.findFirst({ where: { state: "PRODUCTION" }, include: { evaluations: true } }),
  ]);
  if (!model) throw notFound("model");

  const onProductionsSlices = (snapshotId: string | null) =>
    snapshotId !== null && production?.evaluations.find((evaluation) => evaluation.snapshotId === snapshotId);
  const onOwnCohort = model.evaluations.filter(
    ({ snapshot }) => !snapshot || snapshot.cohort === model.cohort,
  );
  // The newest snapshot on which both were scored, else what is known of this model alone.
  const candidate =
    onOwnCohort.find((evaluation) => onProductionsSlices(evaluation.snapshotId)) ?? onOwnCohort[0];
  const other =
    candidate && production?.id !== model.id ? onProductionsSlices(candidate.snapshotId) || null : null;

  const notes: string[] = [];
  if (!candidate)
    notes.push("No patient was left that this model has not seen, so no figure can be claimed.");
  else if (other) notes.push("Both models were scored on the same slices of patients that neither has seen.");
  else if (candidate.snapshotId === null) {
    notes.push(
      "These figures came with the model's card: its test patients need not be in this installation.",
    );
  } else if (production && production.id !== model.id) {
    notes.push(`Model ${production.number} was not scored on these test patients.`);
  }
  if (candidate) notes.push(...(await testSetNotes(candidate)));
  return {
    candidate: candidate ? viewEvaluation(candidate) : null,
    production: other ? viewEvaluation(other) : null,
    productionNumber: production?.number ?? null,
    // Differences belong to the model that was in production then.
    differences:
      other && candidate?.comparedWithId === other.modelId
        ? (candidate.differences as unknown as Comparison["differences"])
        : null,
    notes,
  };
}
