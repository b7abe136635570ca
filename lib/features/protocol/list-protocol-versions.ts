import { database } from "@/lib/platform/database";
import { type Actor, requirePermission } from "@/lib/records/access";
import type { ProtocolEntry } from "./schema";

/** Versions of the annotation protocol without their text, newest first; 100 at most. Throws `forbidden`. */
export async function listProtocolVersions(actor: Actor): Promise<ProtocolEntry[]> {
  requirePermission(actor, "protocol:read");
  const rows = await database().protocolVersion.findMany({
    orderBy: { version: "desc" },
    take: 100,
    select: { version: true, createdAt: true, author: { select: { name: true } } },
  });
  return rows.map(({ version, createdAt, author }) => ({ version, createdAt, author: author?.name ?? null }));
}
