import { database } from "@/lib/platform/database";
import { type Actor, requirePermission } from "@/lib/records/access";
import { importJobKeys } from "./jobs";
import type { ImportView, ShownImports } from "./schema";
import { viewImport } from "./view-import";

/** The newest 50 imports, or those that failed, newest first. Throws `forbidden` without `import:read`. */
export async function listImports(
  actor: Actor,
  { show }: ShownImports = { show: "all" },
): Promise<ImportView[]> {
  requirePermission(actor, "import:read");
  const rows = await database().import.findMany({
    where: show === "failed" ? { state: "FAILED" } : {},
    orderBy: { createdAt: "desc" },
    take: 50,
    include: { requestedBy: { select: { name: true } } },
  });
  const keysOf = (importId: string) => Object.values(importJobKeys(importId));
  const jobs = await database().job.findMany({
    where: { key: { in: rows.flatMap((row) => keysOf(row.id)) } },
    orderBy: { createdAt: "desc" },
  });
  return rows.map((row) =>
    viewImport(
      actor,
      row,
      jobs.find((job) => keysOf(row.id).includes(job.key!)),
    ),
  );
}
