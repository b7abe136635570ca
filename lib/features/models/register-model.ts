import type { Prisma, Transaction } from "@/lib/platform/database";
import type { Cohort } from "@/lib/platform/generated/enums";
import { notifyChange } from "@/lib/platform/jobs";
import { registeredBase } from "../bases/registered-base";

export interface NewModel {
  /** Key of the artifact in the object store. */
  artifactSha256: string;
  /** A base of the registry. */
  baseSha256: string;
  cohort: Cohort;
  /** P(tumor) at and above this is called tumor. */
  threshold: number;
  temperature: number;
  /** Hashed keys of the patients it or a model it was continued from has seen; those of its base are added here. */
  seenPatients: string[];
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
  const known = await db.model.findUnique({ where: { artifactSha256: model.artifactSha256 } });
  if (known) return known.id;
  const base = await registeredBase(db, model.baseSha256);
  const last = await db.model.findFirst({ orderBy: { number: "desc" }, select: { number: true } });
  const created = await db.model.create({
    data: {
      ...model,
      seenPatients: [...new Set([...base.seenPatients, ...model.seenPatients])].sort(),
      card: model.card as Prisma.InputJsonObject,
      number: (last?.number ?? 0) + 1,
      state: "CANDIDATE",
    },
  });
  await notifyChange(db, "model", created.id);
  return created.id;
}
