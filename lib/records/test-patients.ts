import type { Transaction } from "@/lib/platform/database";
import type { Split } from "@/lib/platform/generated/enums";
import { servingModelId } from "./serving-model";

/*
 * A patient gets a split with the first snapshot. One that the model in production names a test patient is one from the
 * start: the snapshot would say the same, and until then their slices must be read blind (docs/decisions/0024).
 */

/** The split of a patient who is new here: `TEST` where the model in production names them so, else none yet. */
export async function splitOfNewPatient(db: Transaction, hashedKey: string): Promise<Split | null> {
  const modelId = await servingModelId(db);
  const named = await db.modelPatient.findUnique({ where: { modelId_hashedKey: { modelId, hashedKey } } });
  return named?.split === "TEST" ? "TEST" : null;
}

/** The same for the patients that are here when a model comes with the installation. */
export async function keepTestPatients(db: Transaction, modelId: string): Promise<void> {
  await db.$executeRaw`
    UPDATE "Patient" p SET "split" = 'TEST' FROM "ModelPatient" k
    WHERE k."modelId" = ${modelId}::uuid AND k."split" = 'TEST' AND k."hashedKey" = p."hashedKey"
      AND p."split" IS NULL`;
}
