import { database } from "@/lib/platform/database";
import { type Actor, requirePermission } from "@/lib/records/access";
import type { RunRow } from "./schema";
import { runInclude, viewRun } from "./view-run";

/** The newest 100 training runs. */
export async function listRuns(actor: Actor): Promise<RunRow[]> {
  requirePermission(actor, "model:read");
  const runs = await database().trainingRun.findMany({
    orderBy: { number: "desc" },
    take: 100,
    include: runInclude,
  });
  return runs.map(viewRun);
}
