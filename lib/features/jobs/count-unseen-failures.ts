import { database } from "@/lib/platform/database";
import { type Actor, may } from "@/lib/records/access";

/** Failed jobs that nobody has seen; none for who may not act on them. */
export async function countUnseenFailures(actor: Actor): Promise<number> {
  if (!may(actor, "job:cancel")) return 0;
  return database().job.count({ where: { parentId: null, status: "FAILED", seenAt: null } });
}
