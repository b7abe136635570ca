import type { Transaction } from "@/lib/platform/database";
import { notFound } from "@/lib/platform/errors";

/** A base's row, for the workers: its name and the hashed keys of the patients it has seen. Throws `not-found`. */
export async function registeredBase(db: Transaction, sha256: string) {
  const base = await db.base.findUnique({ where: { sha256 } });
  if (!base) throw notFound(`base network as ${sha256}`);
  return base;
}
