import { database } from "@/lib/platform/database";
import type { Actor } from "@/lib/records/access";

/** The account behind a session as it is now; null where it was deactivated or its password has changed since. */
export async function findActor(userId: string, sessionEpoch: number): Promise<Actor | null> {
  const user = await database().user.findFirst({ where: { id: userId, sessionEpoch, deactivatedAt: null } });
  return user && { id: user.id, email: user.email, name: user.name, role: user.role };
}
