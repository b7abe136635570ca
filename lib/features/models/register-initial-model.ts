import { recordAudit } from "@/lib/platform/audit";
import { type Prisma, transaction } from "@/lib/platform/database";
import { systemActor } from "@/lib/records/access";
import { servingModel } from "@/lib/records/serving-model";
import { keepTestPatients } from "@/lib/records/test-patients";
import { lockProduction } from "./put-into-production";
import { type NewModel, registerModel } from "./register-model";

/** The shipped model, as its card describes it. */
export interface InitialModel extends Omit<NewModel, "cohort" | "runId"> {
  /** Its figures on patients that it has not seen; null where nobody was left to test on. */
  figures: { patients: number; slices: number } | null;
}

/**
 * Registers the shipped model and puts it into production, in an installation without a model in production. Safe to
 * repeat and to call from several processes at once: the first one counts.
 */
export async function registerInitialModel({ figures, ...model }: InitialModel): Promise<void> {
  await transaction(async (db) => {
    await lockProduction(db);
    if (await servingModel(db)) return;
    const modelId = await registerModel(db, { ...model, cohort: "REAL", runId: null });
    const { number } = await db.model.update({
      where: { id: modelId },
      data: { state: "PRODUCTION", promotedAt: new Date() },
    });
    await keepTestPatients(db, modelId);
    await db.modelDecision.create({
      data: { kind: "PROMOTED", modelId, reason: "Shipped with the installation" },
    });
    if (figures) {
      await db.evaluation.create({
        data: {
          modelId,
          patients: figures.patients,
          slices: figures.slices,
          metrics: { ...figures, perPatient: [] } as Prisma.InputJsonObject,
        },
      });
    }
    await recordAudit(db, systemActor, "model.promoted", modelId, { number, shipped: true });
  });
}
