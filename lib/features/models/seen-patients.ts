import { database, type Transaction } from "@/lib/platform/database";
import type { Prisma } from "@/lib/platform/generated/client";

/** The rows of `ModelPatient` that name patients that a model, its base or an ancestor has seen. */
export const isSeen = {
  OR: [{ split: null }, { split: { not: "TEST" } }],
} satisfies Prisma.ModelPatientWhereInput;

/** Hashed keys of the patients that a model, its base or an ancestor has seen, in order. */
export async function seenPatients(modelId: string, db: Transaction = database()): Promise<string[]> {
  const rows = await db.modelPatient.findMany({
    where: { modelId, ...isSeen },
    orderBy: { hashedKey: "asc" },
    select: { hashedKey: true },
  });
  return rows.map(({ hashedKey }) => hashedKey);
}
