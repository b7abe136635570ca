import { database } from "@/lib/platform/database";
import type { SignedInActor } from "./schema";

/** The account behind a session as it is now; null where it was deactivated or its password has changed since. */
export async function findActor(userId: string, sessionEpoch: number): Promise<SignedInActor | null> {
  const user = await database().user.findFirst({ where: { id: userId, sessionEpoch, deactivatedAt: null } });
  if (!user) return null;
  const { id, email, name, role, mustChangePassword } = user;
  return { id, email, name, role, mustChangePassword };
}
