import type { Transaction } from "@/lib/platform/database";
import { Prisma } from "@/lib/platform/generated/client";

/** Keys in one statement: a list of patients may be long, and a statement's parameters are limited. */
const keysAtOnce = 5_000;

/** Runs `insert` on lists of hashed patient keys, a bounded number at a time. */
export async function insertHashedKeys(
  db: Transaction,
  hashedKeys: Iterable<string>,
  insert: (keys: Prisma.Sql) => Prisma.Sql,
): Promise<void> {
  const all = [...new Set(hashedKeys)];
  for (let start = 0; start < all.length; start += keysAtOnce) {
    const part = all.slice(start, start + keysAtOnce);
    await db.$executeRaw(insert(Prisma.sql`unnest(${part}::text[])`));
  }
}
