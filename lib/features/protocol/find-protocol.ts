import type { z } from "zod";
import { database } from "@/lib/platform/database";
import { notFound } from "@/lib/platform/errors";
import { type Actor, requirePermission } from "@/lib/records/access";
import type { FindProtocol, ProtocolView } from "./schema";

/**
 * The group's annotation protocol: its newest version, or the one that is asked for. Null where none is written yet.
 *
 * Throws `forbidden` without `protocol:read`; `not-found` for a version that does not exist.
 */
export async function findProtocol(
  actor: Actor,
  { version }: z.infer<typeof FindProtocol> = {},
): Promise<ProtocolView | null> {
  requirePermission(actor, "protocol:read");
  const found = await database().protocolVersion.findFirst({
    where: version === undefined ? {} : { version },
    orderBy: { version: "desc" },
    include: { author: { select: { name: true } } },
  });
  if (!found && version !== undefined) throw notFound({ code: "no-such-protocol" });
  return (
    found && {
      version: found.version,
      text: found.text,
      author: found.author?.name ?? null,
      createdAt: found.createdAt,
    }
  );
}
