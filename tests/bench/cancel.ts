import "../support/database-for-tests";
import path from "node:path";
import { requestTraining } from "@/lib/features/runs/request-training";
import { RequestTraining } from "@/lib/features/runs/schema";
import { disconnect } from "@/lib/platform/database";
import { systemActor } from "@/lib/records/access";
import { cancelWhen, type Moment, moments } from "../support/cancel-when";
import { forgetImages, type RunToKill, undisturbedRun } from "../support/killed-run";
import { endOfJob, killWorkers, startWorkerProcess } from "../support/worker-process";
import type { BenchOptions, TextResult } from "./measure";
import { importBenchSlices } from "./slices";

interface CancelResult extends TextResult {
  slices: number;
  secondsByPhase: Partial<Record<Moment, number>>;
}

/**
 * Seconds from the moment in which a training run is asked to stop to the moment in which it has stopped, for each
 * phase: asked as the phase begins, in embedding and fitting after the first window and epoch. Phantoms, or the archive
 * that `--data` names.
 */
export async function bench(options: BenchOptions): Promise<CancelResult> {
  const data = options.data && path.resolve(process.env.INIT_CWD ?? process.cwd(), options.data);
  const { cohort, slices } = await importBenchSlices(data ?? "phantoms");
  const run: RunToKill = { cohort, seed: 1, parameters: { maxEpochs: 2 }, imagesToEmbed: 0 };
  // Its steps show what is measured only once every image is embedded.
  await undisturbedRun(run);
  await startWorkerProcess();
  const secondsByPhase: CancelResult["secondsByPhase"] = {};
  for (const moment of Object.keys(moments) as Moment[]) {
    if (moment === "embed") await forgetImages(200);
    await cancelWhen(moment);
    const { jobId } = await requestTraining(
      systemActor,
      RequestTraining.parse({ cohort, seed: run.seed, parameters: run.parameters }),
    );
    const job = await endOfJob(jobId);
    if (job.status !== "CANCELLED")
      throw new Error(`the run ended as ${job.status}: ${JSON.stringify(job.error)}`);
    secondsByPhase[moment] = (job.finishedAt!.getTime() - job.cancelRequestedAt!.getTime()) / 1_000;
  }
  await killWorkers();
  await disconnect();
  return {
    name: "cancel",
    slices,
    secondsByPhase,
    lines: [
      `seconds from cancelling a run to its end (${slices} slices)`,
      ...Object.entries(secondsByPhase).map(([phase, s]) => `  ${phase.padEnd(10)} ${s.toFixed(1)}`),
    ],
  };
}
