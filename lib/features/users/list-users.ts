import { database } from "@/lib/platform/database";
import { type Actor, requirePermission } from "@/lib/records/access";
import type { UserView } from "./schema";

/** All accounts, active ones first. Throws `forbidden` without `user:manage`. */
export async function listUsers(actor: Actor): Promise<UserView[]> {
  requirePermission(actor, "user:manage");
  const users = await database().user.findMany({
    orderBy: [{ deactivatedAt: { sort: "asc", nulls: "first" } }, { email: "asc" }],
    include: { _count: { select: { labels: true } } },
  });
  return users.map(({ id, email, name, role, deactivatedAt, mustChangePassword, createdAt, _count }) => ({
    id,
    email,
    name,
    role,
    deactivatedAt,
    mustChangePassword,
    createdAt,
    labels: _count.labels,
  }));
}
