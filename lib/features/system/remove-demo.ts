import type { z } from "zod";
import { recordAudit } from "@/lib/platform/audit";
import { database, type Transaction, transaction } from "@/lib/platform/database";
import { conflict } from "@/lib/platform/errors";
import { notifyChange } from "@/lib/platform/jobs";
import { type Actor, requirePermission } from "@/lib/records/access";
import { servingModel } from "@/lib/records/serving-model";
import { type DemoContents, type DemoRefusal, demoDomain, type RemoveDemo } from "./demo-schema";

/**
 * What removing the demo would remove, and why it cannot be removed now. Changes nothing. Throws `forbidden` without
 * `demo:remove`.
 */
export async function previewDemo(actor: Actor): Promise<DemoContents> {
  requirePermission(actor, "demo:remove");
  return contentsOf(database(), actor);
}

/**
 * Removes every phantom with what was recorded of it, retires candidates made on phantoms, and deactivates the demo's
 * accounts, in one transaction. The actor's own account and the last admin's stay. Files that nothing uses any more go
 * with the daily collection.
 *
 * Throws `forbidden` without `demo:remove`; `conflict` where the number of phantoms is not `patients`, while a model made
 * on phantoms is in production, and while a job on phantoms waits or runs.
 */
export async function removeDemo(
  actor: Actor,
  { patients }: z.infer<typeof RemoveDemo>,
): Promise<DemoContents> {
  requirePermission(actor, "demo:remove");
  return transaction(async (db) => {
    const contents = await contentsOf(db, actor);
    if (contents.patients !== patients) throw conflict({ code: "demo-changed" });
    const [refusal] = contents.refusals;
    if (refusal) throw conflict({ code: "demo-not-removable", because: refusal });
    await db.$queryRaw`SELECT remove_phantoms()::text`;
    const candidates = await db.model.findMany({ where: { cohort: "PHANTOM", state: "CANDIDATE" } });
    await db.model.updateMany({
      where: { id: { in: candidates.map(({ id }) => id) } },
      data: { state: "RETIRED" },
    });
    await db.modelDecision.createMany({
      data: candidates.map(({ id }) => ({
        kind: "RETIRED" as const,
        modelId: id,
        decidedById: actor.id,
        reason: "The demo was removed",
      })),
    });
    await db.user.updateMany({
      where: { email: { in: contents.accounts } },
      data: { deactivatedAt: new Date() },
    });
    await recordAudit(db, actor, "demo.removed", "demo", { ...contents });
    await notifyChange(db, "import", "demo");
    return contents;
  });
}

async function contentsOf(db: Transaction, actor: Actor): Promise<DemoContents> {
  const phantoms = { study: { cohort: "PHANTOM" } } as const;
  // One after the other: a transaction has one connection.
  const patients = await db.patient.count({ where: { cohort: "PHANTOM" } });
  const slices = await db.slice.count({ where: phantoms });
  const peoplesLabels = await db.label.count({ where: { slice: phantoms, source: { not: "IMPORTED" } } });
  const drafts = await db.draft.count({ where: { slice: phantoms } });
  const candidates = await db.model.count({ where: { cohort: "PHANTOM", state: "CANDIDATE" } });
  const accounts = await accountsToDeactivate(db, actor);
  const serving = await servingModel(db);
  const jobs = await countJobs(db);
  const refusals: DemoRefusal[] = [
    ...(serving?.cohort === "PHANTOM" ? ["phantom-model-in-production" as const] : []),
    ...(jobs > 0 ? ["job-under-way" as const] : []),
  ];
  return { patients, slices, peoplesLabels, drafts, candidates, accounts, refusals };
}

/** The demo's accounts but the actor's own; with an admin among them only where another active admin stays. */
async function accountsToDeactivate(db: Transaction, actor: Actor): Promise<string[]> {
  const users = await db.user.findMany({
    where: { deactivatedAt: null },
    select: { id: true, email: true, role: true },
    orderBy: { email: "asc" },
  });
  const isDemo = ({ email }: { email: string }) => email.endsWith(demoDomain);
  const isLeaving = (user: (typeof users)[number]) => isDemo(user) && user.id !== actor.id;
  const adminStays = users.some((user) => user.role === "ADMIN" && !isLeaving(user));
  return users
    .filter((user) => isLeaving(user) && (user.role !== "ADMIN" || adminStays))
    .map(({ email }) => email);
}

/** Imports of phantoms and runs on them that have not ended. */
async function countJobs(db: Transaction): Promise<number> {
  const imports = await db.import.count({
    where: { cohort: "PHANTOM", state: { in: ["UPLOADING", "INSPECTING", "IMPORTING"] } },
  });
  const runs = await db.trainingRun.count({
    where: { cohort: "PHANTOM", job: { status: { in: ["WAITING", "RUNNING"] } } },
  });
  return imports + runs;
}
