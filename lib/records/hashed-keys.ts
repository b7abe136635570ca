import type { Transaction } from "@/lib/platform/database";
import { Prisma } from "@/lib/platform/generated/client";
import { inParts } from "@/lib/platform/in-parts";

/** Keys in one statement: a list of patients may be long, and a statement's parameters are limited. */
const keysAtOnce = 5_000;

/** Runs `insert` on lists of hashed patient keys, a bounded number at a time. */
export async function insertHashedKeys(
  db: Transaction,
  hashedKeys: Iterable<string>,
  insert: (keys: Prisma.Sql) => Prisma.Sql,
): Promise<void> {
  for (const part of inParts([...new Set(hashedKeys)], keysAtOnce))
    await db.$executeRaw(insert(Prisma.sql`unnest(${part}::text[])`));
}
