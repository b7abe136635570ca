import { database } from "@/lib/platform/database";
import { notFound } from "@/lib/platform/errors";
import { type Actor, requirePermission } from "@/lib/records/access";
import type { LogLine } from "./schema";

/** A run's log in order; with `last`, no more than its last lines. Throws `not-found`. */
export async function readRunLog(
  actor: Actor,
  { runId, last }: { runId: string; last?: number },
): Promise<{ number: number; lines: LogLine[] }> {
  requirePermission(actor, "model:read");
  const run = await database().trainingRun.findUnique({
    where: { id: runId },
    select: { number: true, logLines: { orderBy: { id: "desc" }, take: last } },
  });
  if (!run) throw notFound({ code: "no-such-run" });
  const lines = run.logLines
    .reverse()
    .map(({ id, at, worker, text }) => ({ id: String(id), at, worker, text }));
  return { number: run.number, lines };
}
