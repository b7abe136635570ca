import type { Transaction } from "@/lib/platform/database";
import { Prisma } from "@/lib/platform/generated/client";
import type { Cohort, Split } from "@/lib/platform/generated/enums";
import { notifyChange } from "@/lib/platform/jobs";
import { insertHashedKeys } from "@/lib/records/hashed-keys";
import { registeredBase } from "../bases/registered-base";

/** The patients that a model was fitted on and those that it was kept from, as hashed keys. */
export type PatientsBySplit = Partial<Record<"train" | "validation" | "test", readonly string[]>>;

export interface NewModel {
  /** Key of the artifact in the object store. */
  artifactSha256: string;
  /** A base of the registry. */
  baseSha256: string;
  cohort: Cohort;
  /** P(tumor) at and above this is called tumor. */
  threshold: number;
  temperature: number;
  /** Its own patients; those that its base has seen are added here. */
  patients: PatientsBySplit;
  card: Record<string, unknown>;
  runId: string | null;
}

/**
 * Enters a model into the registry as a candidate, in the caller's transaction; returns its id.
 *
 * Safe to repeat: the same artifact is the same model. Throws `not-found` where its base is not in the registry.
 */
export async function registerModel(db: Transaction, model: NewModel): Promise<string> {
  // Numbers are given in order, so registrations queue up.
  await db.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended('register-model', 0))`;
  const { patients, card, ...substance } = model;
  const known = await db.model.findUnique({ where: { artifactSha256: model.artifactSha256 } });
  if (known) return known.id;
  await registeredBase(model.baseSha256, db);
  const last = await db.model.findFirst({ orderBy: { number: "desc" }, select: { number: true } });
  const { id } = await db.model.create({
    data: {
      ...substance,
      card: card as Prisma.InputJsonObject,
      number: (last?.number ?? 0) + 1,
      state: "CANDIDATE",
    },
  });
  await recordPatients(db, id, model.baseSha256, patients);
  await notifyChange(db, "model", id);
  return id;
}

const splits = [
  ["train", "TRAIN"],
  ["validation", "VALIDATION"],
  ["test", "TEST"],
] as const satisfies readonly (readonly [keyof PatientsBySplit, Split])[];

async function recordPatients(
  db: Transaction,
  modelId: string,
  baseSha256: string,
  patients: PatientsBySplit,
): Promise<void> {
  for (const [name, split] of splits)
    await insertHashedKeys(
      db,
      patients[name] ?? [],
      (keys) => Prisma.sql`
        INSERT INTO "ModelPatient" SELECT ${modelId}::uuid, ${keys}, ${split}::"Split" ON CONFLICT DO NOTHING`,
    );
  // A patient that the model was tested on cannot be one that its base has seen.
  const [contradiction] = await db.$queryRaw<{ patients: number }[]>`
    SELECT count(*)::int AS "patients" FROM "ModelPatient" p
    JOIN "BaseSeenPatient" b ON b."hashedKey" = p."hashedKey" AND b."baseSha256" = ${baseSha256}
    WHERE p."modelId" = ${modelId}::uuid AND p."split" = 'TEST'`;
  if (contradiction!.patients > 0)
    throw new Error(`${contradiction!.patients} test patients of this model have been seen by its base`);
  await db.$executeRaw`
    INSERT INTO "ModelPatient" SELECT ${modelId}::uuid, "hashedKey", NULL FROM "BaseSeenPatient"
    WHERE "baseSha256" = ${baseSha256} ON CONFLICT DO NOTHING`;
}
