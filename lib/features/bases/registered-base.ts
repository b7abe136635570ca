import { database, type Transaction } from "@/lib/platform/database";
import { notFound } from "@/lib/platform/errors";

/** A base's row, with the hashed keys of the patients it or an ancestor has seen, in order. Throws `not-found`. */
export async function registeredBase(sha256: string, db: Transaction = database()) {
  const base = await db.base.findUnique({ where: { sha256 } });
  if (!base) throw notFound({ code: "no-such-base", name: sha256 });
  const seen = await db.baseSeenPatient.findMany({
    where: { baseSha256: sha256 },
    orderBy: { hashedKey: "asc" },
    select: { hashedKey: true },
  });
  return { ...base, seenPatients: seen.map(({ hashedKey }) => hashedKey) };
}
