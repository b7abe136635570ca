import { database } from "@/lib/platform/database";
import { type Actor, requirePermission } from "@/lib/records/access";
import type { BaseView } from "./schema";
import { baseInclude, viewBase } from "./view-base";

/** All bases, the first one entered (the shipped one) first. */
export async function listBases(actor: Actor): Promise<BaseView[]> {
  requirePermission(actor, "model:read");
  const bases = await database().base.findMany({
    orderBy: [{ createdAt: "asc" }, { sha256: "asc" }],
    include: baseInclude,
  });
  return bases.map(viewBase);
}
