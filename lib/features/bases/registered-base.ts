import { database, type Transaction } from "@/lib/platform/database";
import { notFound } from "@/lib/platform/errors";
import { type Actor, requirePermission } from "../users/access";
import type { BaseView } from "./schema";
import { baseInclude, viewBase } from "./view-base";

/** One base with what it is and how it was made. Throws `not-found`. */
export async function findBase(actor: Actor, { sha256 }: { sha256: string }): Promise<BaseView> {
  requirePermission(actor, "model:read");
  const base = await database().base.findUnique({ where: { sha256 }, include: baseInclude });
  if (!base) throw notFound("base network");
  return viewBase(base);
}

/** A base's row, for the workers: its name and the hashed keys of the patients it has seen. Throws `not-found`. */
export async function registeredBase(db: Transaction, sha256: string) {
  const base = await db.base.findUnique({ where: { sha256 } });
  if (!base) throw notFound(`base network as ${sha256}`);
  return base;
}
