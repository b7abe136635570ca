import { type Transaction, transaction } from "@/lib/platform/database";
import { Prisma } from "@/lib/platform/generated/client";
import type { Precision } from "@/lib/platform/generated/enums";
import { insertHashedKeys } from "@/lib/records/hashed-keys";
import type { BaseOutput } from "./schema";

export interface NewBase {
  /** SHA-256 of its safetensors file, which is in the object store already. */
  sha256: string;
  name: string;
  /** The base whose weights it was continued from; null where it comes from elsewhere. */
  parentSha256: string | null;
  /** The run that fine-tuned it; null where none did. */
  runId: string | null;
  /** Hashed keys of the patients it was fitted on; those of its parent are added here. */
  seenPatients: readonly string[];
  outputs: readonly BaseOutput[];
  /** The arithmetic its graph runs in; float32 where it is left out. */
  precision?: Precision;
  /** What it is and how it was made; never empty. */
  card: Record<string, unknown>;
}

/**
 * Enters a base into the registry, in the caller's transaction; returns its hash. It has seen the patients of its parent.
 *
 * Safe to repeat: the same file is the same base, and what was entered first stays. An entry that an upgrade made of a
 * hash alone is completed. Throws where the parent is not in the registry.
 */
export async function registerBase(db: Transaction, base: NewBase): Promise<string> {
  // Two processes may enter the same file at once.
  await db.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended('register-base', 0))`;
  const { sha256, name, parentSha256, runId, card } = base;
  const known = await db.base.findUnique({ where: { sha256 } });
  if (known && Object.keys(known.card as object).length > 0) return sha256;

  const substance = {
    name,
    precision: base.precision ?? "F32",
    outputs: [...base.outputs],
    card: card as Prisma.InputJsonObject,
  };
  if (known) await db.base.update({ where: { sha256 }, data: substance });
  else await db.base.create({ data: { sha256, parentSha256, runId, ...substance } });
  await insertHashedKeys(
    db,
    base.seenPatients,
    (keys) => Prisma.sql`INSERT INTO "BaseSeenPatient" SELECT ${sha256}, ${keys} ON CONFLICT DO NOTHING`,
  );
  if (parentSha256)
    await db.$executeRaw`
      INSERT INTO "BaseSeenPatient" SELECT ${sha256}, "hashedKey" FROM "BaseSeenPatient"
      WHERE "baseSha256" = ${parentSha256} ON CONFLICT DO NOTHING`;
  return sha256;
}

/** The same in a transaction of its own. */
export function enterBase(base: NewBase): Promise<string> {
  return transaction((db) => registerBase(db, base));
}
