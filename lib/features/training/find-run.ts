import { z } from "zod";
import { database } from "@/lib/platform/database";
import { notFound } from "@/lib/platform/errors";
import { type Actor, requirePermission } from "../users/access";
import { countSplit } from "./count-split";
import { type RunView, TrainingParameters } from "./schema";
import { runInclude, viewRun } from "./view-run";

const Backend = z
  .object({
    name: z.string(),
    version: z.string(),
    considered: z.array(z.object({ name: z.string(), taken: z.boolean(), reason: z.string() })),
  })
  .nullable()
  .catch(null);
const Seconds = z.record(z.string(), z.number()).catch({});

/** One training run with its curves, split and lineage. Throws `not-found`. */
export async function findRun(actor: Actor, { runId }: { runId: string }): Promise<RunView> {
  requirePermission(actor, "model:read");
  const run = await database().trainingRun.findUnique({
    where: { id: runId },
    include: { ...runInclude, snapshot: true, epochs: { orderBy: [{ head: "asc" }, { epoch: "asc" }] } },
  });
  if (!run) throw notFound("training run");
  return {
    ...viewRun(run),
    parameters: TrainingParameters.parse(run.parameters),
    seed: run.seed,
    backend: Backend.parse(run.backend),
    secondsByPhase: Seconds.parse(run.secondsByPhase ?? {}),
    backboneRuns: run.backboneRuns,
    notes: run.notes,
    snapshotId: run.snapshotId,
    snapshotHash: run.snapshot?.hash ?? null,
    split: run.snapshotId ? await countSplit(run.snapshotId) : [],
    epochs: run.epochs.map(({ head, epoch, trainLoss, validationLoss, validationAuc, durationMs }) => ({
      head,
      epoch,
      trainLoss,
      validationLoss,
      validationAuc,
      durationMs,
    })),
  };
}
