import type { z } from "zod";
import { recordAudit } from "@/lib/platform/audit";
import { isUniqueViolation, transaction } from "@/lib/platform/database";
import { conflict } from "@/lib/platform/errors";
import { type Actor, requirePermission } from "@/lib/records/access";
import type { SaveProtocol } from "./schema";

/**
 * Saves the next version of the annotation protocol; earlier versions never change.
 *
 * Throws `forbidden` without `protocol:write`; `conflict` where someone saved since `basedOn`.
 */
export async function saveProtocol(
  actor: Actor,
  { text, basedOn }: z.infer<typeof SaveProtocol>,
): Promise<{ version: number }> {
  requirePermission(actor, "protocol:write");
  try {
    return await transaction(async (db) => {
      const newest = await db.protocolVersion.findFirst({
        orderBy: { version: "desc" },
        select: { version: true },
      });
      if ((newest?.version ?? 0) !== basedOn) throw conflict({ code: "newer-protocol" });
      const version = basedOn + 1; // the key of the table, so the slower of two authors gets `conflict`
      await db.protocolVersion.create({ data: { version, text, authorId: actor.id } });
      await recordAudit(db, actor, "protocol.saved", String(version), { characters: text.length });
      return { version };
    });
  } catch (error) {
    if (isUniqueViolation(error)) throw conflict({ code: "newer-protocol" });
    throw error;
  }
}
