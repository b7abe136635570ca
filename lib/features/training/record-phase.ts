import { database, type Prisma, transaction } from "@/lib/platform/database";
import { notifyChange } from "@/lib/platform/jobs";
import type { EpochView, TrainingPhase } from "./schema";

/** Says which phase a run is in; `seconds` are those of the phase that has just ended. */
export async function recordPhase(
  runId: string,
  phase: TrainingPhase,
  ended: { phase: TrainingPhase; seconds: number } | null,
  change: { backend?: Prisma.InputJsonObject } = {},
): Promise<void> {
  await transaction(async (db) => {
    const run = await db.trainingRun.findUniqueOrThrow({
      where: { id: runId },
      select: { secondsByPhase: true },
    });
    const seconds = (run.secondsByPhase ?? {}) as Record<string, number>;
    // A phase that a dead worker had begun is counted from both of its beginnings.
    if (ended) seconds[ended.phase] = (seconds[ended.phase] ?? 0) + ended.seconds;
    await db.trainingRun.update({
      where: { id: runId },
      data: {
        phase,
        secondsByPhase: seconds,
        ...change,
      },
    });
    await notifyChange(db, "run", runId);
  });
}

/** Writes an epoch's figures once; a repeated epoch leaves them as they are. */
export async function recordEpoch(runId: string, epoch: EpochView): Promise<void> {
  await transaction(async (db) => {
    await db.trainingEpoch.createMany({ data: [{ runId, ...epoch }], skipDuplicates: true });
    await notifyChange(db, "run", runId);
  });
}

/** Adds to the count of images that the backbone ran on for a run. */
export async function recordBackboneRuns(runId: string, images: number): Promise<void> {
  await database().trainingRun.update({
    where: { id: runId },
    data: { backboneRuns: { increment: images } },
  });
}
