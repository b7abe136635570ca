import type { z } from "zod";
import { database } from "@/lib/platform/database";
import { notFound } from "@/lib/platform/errors";
import { type Actor, requirePermission } from "@/lib/records/access";
import { importJobKeys } from "./jobs";
import type { ImportId, ImportView } from "./schema";
import { viewImport } from "./view-import";

/** One import with its preview, report and job. Throws `forbidden` without `import:read`; `not-found`. */
export async function findImport(actor: Actor, { importId }: z.infer<typeof ImportId>): Promise<ImportView> {
  requirePermission(actor, "import:read");
  const row = await database().import.findUnique({
    where: { id: importId },
    include: { requestedBy: { select: { name: true } } },
  });
  if (!row) throw notFound({ code: "no-such-import" });
  const job = await database().job.findFirst({
    where: { key: { in: Object.values(importJobKeys(importId)) } },
    orderBy: { createdAt: "desc" },
  });
  return viewImport(actor, row, job ?? undefined);
}
