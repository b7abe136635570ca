import { database } from "@/lib/platform/database";
import { notFound } from "@/lib/platform/errors";
import type { JobStatus } from "@/lib/platform/generated/enums";
import { type Actor, requirePermission } from "@/lib/records/access";
import { viewJob } from "@/lib/records/job-view";
import { Card } from "@/lib/records/json-columns";
import { baseInclude, viewBase } from "../bases/view-base";
import { predictAllKey, predictKey } from "../predictions/jobs";
import { compareKey } from "./jobs";
import { previousProduction } from "./previous-production";
import type { ModelView } from "./schema";
import { isSeen } from "./seen-patients";
import { modelInclude, viewModel } from "./view-model";

/** One model with what it is, how it was made and what is being done with it. Throws `not-found`. */
export async function findModel(actor: Actor, { modelId }: { modelId: string }): Promise<ModelView> {
  requirePermission(actor, "model:read");
  const model = await database().model.findUnique({
    where: { id: modelId },
    include: {
      ...modelInclude,
      base: { include: baseInclude },
      _count: { select: { patients: { where: isSeen } } },
    },
  });
  if (!model) throw notFound({ code: "no-such-model" });
  const inProduction = model.state === "PRODUCTION";
  const [predicting, comparing, previous, predicted] = await Promise.all([
    newestJob(inProduction ? predictAllKey : predictKey(modelId), ["WAITING", "RUNNING"]),
    newestJob(compareKey(modelId), ["WAITING", "RUNNING", "FAILED"]),
    inProduction ? previousProduction(database(), model) : null,
    database().studyPrediction.aggregate({ where: { modelId }, _sum: { predictedSlices: true } }),
  ]);
  return {
    ...viewModel(model),
    artifactSha256: model.artifactSha256,
    base: viewBase(model.base),
    threshold: model.threshold,
    temperature: model.temperature,
    seenPatients: model._count.patients,
    card: Card.parse(model.card),
    predictions: predicted._sum.predictedSlices ?? 0,
    predicting,
    comparing,
    previousNumber: previous?.number ?? null,
  };
}

/** The newest job of a key, where it is in one of these states. */
async function newestJob(key: string, statuses: JobStatus[]) {
  const job = await database().job.findFirst({
    where: { key: { in: [key, `${key}:next`] } },
    orderBy: { createdAt: "desc" },
  });
  return job && statuses.includes(job.status) ? viewJob(job) : null;
}
