import { readFile } from "node:fs/promises";
import path from "node:path";
import { z } from "zod";
import { registerModel } from "@/lib/features/models/register-model";
import { recordAudit } from "@/lib/platform/audit";
import { database, type Prisma, transaction } from "@/lib/platform/database";
import { env } from "@/lib/platform/env";
import { putObject } from "@/lib/platform/storage";
import { systemActor } from "@/lib/records/access";
import { servingModel } from "@/lib/records/serving-model";
import { decodeClassifier } from "@/lib/science/network/classifier-artifact";
import { ensureShippedBase, readBaseCard } from "../bases/base-network";
import { ensureShippedInt8Base } from "../bases/int8-base";

/** The model that ships beside the base, so that a fresh installation can predict: its files in `lib/engine/shipped`. */
export const initialModelFiles = {
  artifact: "initial-model.safetensors",
  card: "initial-model.card.json",
} as const;
const fileOf = (name: string) => path.join(import.meta.dirname, "../shipped", name);

const Hashes = z.array(z.string().regex(/^[0-9a-f]{64}$/));
const InitialCard = z.looseObject({
  sha256: z.string(),
  baseSha256: z.string(),
  threshold: z.number().min(0).max(1),
  temperature: z.number().positive(),
  split: z.object({ train: Hashes, validation: Hashes, test: Hashes }),
  /** As `evaluateSlices` makes them; null where nobody was left to test on. */
  figures: z.looseObject({ patients: z.number(), slices: z.number() }).nullable(),
});

/**
 * Registers the shipped base and model, and puts the model into production where none is. Safe to repeat and to run in
 * several processes at once.
 *
 * Throws where the shipped file does not fit its card.
 */
export async function ensureInitialModel(): Promise<void> {
  await ensureShippedBase();
  if (env.precision === "int8") await ensureShippedInt8Base();
  if (await servingModel(database())) return;
  const artifact = await readFile(fileOf(initialModelFiles.artifact));
  const card = InitialCard.parse(JSON.parse(await readFile(fileOf(initialModelFiles.card), "utf8")));
  const base = await readBaseCard();
  decodeClassifier(artifact);
  const artifactSha256 = await putObject(artifact);
  if (artifactSha256 !== card.sha256) throw new Error("the shipped model does not fit its card");
  if (card.baseSha256 !== base.sha256)
    throw new Error("the shipped model stands on another base than the shipped one");

  await transaction(async (db) => {
    await db.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended('promote-model', 0))`;
    if (await servingModel(db)) return;
    const { figures, split, ...rest } = card;
    const modelId = await registerModel(db, {
      artifactSha256,
      baseSha256: card.baseSha256,
      cohort: "REAL",
      threshold: card.threshold,
      temperature: card.temperature,
      patients: split,
      card: rest,
      runId: null,
    });
    const model = await db.model.update({
      where: { id: modelId },
      data: { state: "PRODUCTION", promotedAt: new Date() },
    });
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
    await recordAudit(db, systemActor, "model.promoted", modelId, { number: model.number, shipped: true });
  });
}
