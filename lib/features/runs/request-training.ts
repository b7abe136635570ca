import type { z } from "zod";
import { recordAudit } from "@/lib/platform/audit";
import { openParentJob } from "@/lib/platform/child-jobs";
import { type Transaction, transaction } from "@/lib/platform/database";
import { env } from "@/lib/platform/env";
import { conflict, invalid } from "@/lib/platform/errors";
import type { Base } from "@/lib/platform/generated/client";
import { notifyChange } from "@/lib/platform/jobs";
import { hasObject } from "@/lib/platform/storage";
import { type Actor, requirePermission } from "@/lib/records/access";
import { servingModel } from "@/lib/records/serving-model";
import { TrainingParameters } from "@/lib/records/training-parameters";
import { baseAtPrecision } from "../bases/base-at-precision";
import { registeredBase } from "../bases/registered-base";
import { beginStage } from "./begin-stage";
import { trainModelKind } from "./jobs";
import type { RequestTraining } from "./schema";
import { trainingOutlook } from "./training-outlook";

/**
 * Queues a training run. Without a cohort: real patients if any are labelled, else phantoms.
 *
 * Throws `forbidden` without `training:request`; `invalid` where the cohort has nothing to learn from; `not-found`
 * where the base that was asked for is not in the registry; `invalid` where a base is to learn that has no masks or no
 * class score to learn from, or an int8 one whose float32 form is not installed; `conflict` while a run of the same cohort waits or is under way.
 */
export async function requestTraining(
  actor: Actor,
  input: z.output<typeof RequestTraining>,
): Promise<{ runId: string; jobId: string; number: number }> {
  requirePermission(actor, "training:request");
  const outlook = await trainingOutlook(actor);
  const cohort =
    input.cohort ?? (outlook.cohorts.some((entry) => entry.cohort === "REAL") ? "REAL" : "PHANTOM");
  const available = outlook.cohorts.find((entry) => entry.cohort === cohort);
  if (!available || available.patients < 2) {
    throw invalid("cohort", { code: "too-few-labelled-patients" });
  }
  const parameters = TrainingParameters.parse(input.parameters);
  return transaction(async (db) => {
    const key = `${trainModelKind}:${cohort}`;
    await db.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${key}, 0))`;
    const active = await db.trainingRun.findFirst({
      where: { cohort, job: { status: { in: ["WAITING", "RUNNING"] } } },
    });
    if (active) throw conflict({ code: "run-under-way", number: active.number });

    const run = await db.trainingRun.create({
      data: {
        parameters: { ...parameters, baseSha256: await chooseBase(db, parameters) },
        seed: input.seed,
        cohort,
        reason: input.reason || null,
        requestedById: actor.id,
      },
    });
    const jobId = await openParentJob(
      db,
      trainModelKind,
      { runId: run.id },
      { key, requestedById: actor.id },
    );
    await db.trainingRun.update({ where: { id: run.id }, data: { jobId } });
    await beginStage(db, { ...run, jobId }, null);
    await recordAudit(db, actor, "training.requested", run.id, { number: run.number, cohort });
    await notifyChange(db, "run", run.id);
    return { runId: run.id, jobId, number: run.number };
  });
}

/** Decided here, so that a promotion in the middle of a run does not change what its head stands on. */
async function chooseBase(
  db: Transaction,
  { baseSha256, backbone }: TrainingParameters,
): Promise<string | undefined> {
  const wanted = baseSha256 ?? (await servingModel(db))?.baseSha256;
  if (!wanted) return undefined;
  const base = await registeredBase(wanted, db);
  if (backbone !== "frozen") return baseThatLearns(db, base);
  if (baseSha256) return baseSha256;
  return (await baseAtPrecision(db, wanted, env.precision === "int8" ? "INT8" : "F32")) ?? wanted;
}

/** The base that learns where `base` was asked for: its float32 form, since int8 weights cannot take small steps. */
async function baseThatLearns(db: Transaction, { sha256, name }: Base): Promise<string> {
  const full = await baseAtPrecision(db, sha256, "F32");
  if (!full || (full !== sha256 && !hasObject(full)))
    throw invalid("backbone", { code: "int8-cannot-learn", base: name });
  const { outputs } = await registeredBase(full, db);
  if (!outputs.includes("mask") || !outputs.includes("gap"))
    throw invalid("backbone", { code: "base-cannot-learn", base: name });
  return full;
}
