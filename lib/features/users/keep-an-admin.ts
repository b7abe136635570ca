import type { Transaction } from "@/lib/platform/database";
import { conflict } from "@/lib/platform/errors";

/**
 * Throws `conflict` where no active admin but `userId` is left: nobody could undo what comes next.
 *
 * Locks the admins' rows, so that two admins cannot take the role from each other at once.
 */
export async function keepAnAdmin(db: Transaction, userId: string): Promise<void> {
  const admins = await db.$queryRaw<{ id: string }[]>`
    SELECT "id" FROM "User" WHERE "role" = 'ADMIN' AND "deactivatedAt" IS NULL ORDER BY "id" FOR UPDATE`;
  if (!admins.some((admin) => admin.id !== userId)) throw conflict({ code: "last-admin" });
}
