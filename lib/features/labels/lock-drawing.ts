import type { Transaction } from "@/lib/platform/database";

/**
 * Lets an author's draft and labels of a slice change one after the other, until the caller's transaction ends: a
 * draft must not come back that has just become a label. First in the transaction, before any other lock.
 */
export async function lockDrawing(db: Transaction, sliceId: string, authorId: string): Promise<void> {
  await db.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`drawing:${sliceId}:${authorId}`}, 0))`;
}
