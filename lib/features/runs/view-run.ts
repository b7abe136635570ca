import type { Prisma } from "@/lib/platform/database";
import { viewJob } from "@/lib/records/job-view";
import { type RunRow, type TrainingPhase, trainingPhases } from "./schema";

/** What a run's row needs beside itself. */
export const runInclude = {
  requestedBy: { select: { name: true } },
  job: true,
  model: { select: { id: true, number: true } },
} satisfies Prisma.TrainingRunInclude;

/** A run as a row of the list. */
export function viewRun(run: Prisma.TrainingRunGetPayload<{ include: typeof runInclude }>): RunRow {
  return {
    id: run.id,
    number: run.number,
    cohort: run.cohort,
    reason: run.reason,
    requestedById: run.requestedById,
    requestedBy: run.requestedBy?.name ?? null,
    phase: asPhase(run.phase),
    job: run.job && viewJob(run.job),
    modelId: run.model?.id ?? null,
    modelNumber: run.model?.number ?? null,
    createdAt: run.createdAt,
    finishedAt: run.finishedAt,
  };
}

function asPhase(phase: string | null): TrainingPhase | null {
  return trainingPhases.find((known) => known === phase) ?? null;
}
