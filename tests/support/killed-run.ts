import { rm } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { openBase } from "@/lib/engine/bases/open-base";
import { openModel } from "@/lib/engine/classifier/classifier";
import { readEmbedded, slicesOf } from "@/lib/engine/embedding/embedded-snapshot";
import { requestTraining } from "@/lib/features/runs/request-training";
import { RequestTraining } from "@/lib/features/runs/schema";
import { readSnapshot } from "@/lib/features/snapshots/read-snapshot";
import { database } from "@/lib/platform/database";
import type { Cohort } from "@/lib/platform/generated/enums";
import { systemActor } from "@/lib/records/access";
import { endOfJob, featureFiles, killWorker, startWorkerProcess, until } from "./worker-process";

/** Training runs on a worker in a process of its own, undisturbed or killed at a moment, and what became of them. */

/** A run on a large set, on a machine that does other things too. */
const patienceMs = 60 * 60_000;

export interface RunToKill {
  cohort: Cohort;
  seed: number;
  parameters: RequestTraining["parameters"];
  /** Images that have to be embedded again: their features are removed before the run. */
  imagesToEmbed: number;
}

/** What a run ended with: everything that must not depend on whether its worker died. */
export type Outcome = Awaited<ReturnType<typeof outcomeOf>>;

/** A run from its beginning to its end by one worker. `seconds` go from its first step to its end. */
export async function undisturbedRun(what: RunToKill): Promise<{ seconds: number; outcome: Outcome }> {
  const { runId, jobId } = await request(what);
  const worker = await startWorkerProcess();
  const job = await endOfJob(jobId, patienceMs);
  await killWorker(worker);
  if (job.status !== "DONE" || job.attempts !== 1)
    throw new Error(
      `the undisturbed run ended as ${job.status}: ${JSON.stringify(job.error)}\n${worker.output()}`,
    );
  const seconds = (job.finishedAt!.getTime() - job.startedAt!.getTime()) / 1_000;
  return { seconds, outcome: await outcomeOf(runId) };
}

export interface KilledRun {
  /** The phase it was in when its worker was killed. */
  phase: string;
  /** Seconds after its first step began. */
  seconds: number;
  /** Steps that were finished, and epochs that were written, when it was killed. */
  stepsDone: number;
  epochsDone: number;
  /** Times the run was started, as its job says. */
  attempts: number;
  outcome: Outcome;
}

/**
 * A run whose worker is killed (SIGKILL) some seconds after its first step began, and that another worker finishes.
 * Null where the run had ended before: the kill was not inside it.
 */
export async function killedRun(what: RunToKill, afterSeconds: number): Promise<KilledRun | null> {
  const { runId, jobId } = await request(what);
  const worker = await startWorkerProcess();
  const find = () => database().job.findUniqueOrThrow({ where: { id: jobId } });
  await until(
    async () => (await find()).status === "RUNNING",
    () => "the run's beginning",
  );
  await sleep(afterSeconds * 1_000);
  worker.signal("SIGKILL");
  const killedAt = Date.now();
  await worker.ended;
  // With the only worker dead nobody changes these: what they say was so at the kill.
  const job = await find();
  if (job.status !== "RUNNING") return null;
  const run = await database().trainingRun.findUniqueOrThrow({ where: { id: runId } });
  const stepsDone = await database().trainingStep.count({ where: { runId, NOT: { finishedAt: null } } });
  const epochsDone = await database().trainingEpoch.count({ where: { runId } });

  const other = await startWorkerProcess();
  const { status, error, attempts } = await endOfJob(jobId, patienceMs);
  await killWorker(other);
  if (status !== "DONE")
    throw new Error(`the killed run ended as ${status}: ${JSON.stringify(error)}\n${other.output()}`);
  return {
    phase: run.phase ?? "snapshot",
    seconds: (killedAt - job.startedAt!.getTime()) / 1_000,
    stepsDone,
    epochsDone,
    attempts,
    outcome: await outcomeOf(runId),
  };
}

/** Removes the features of some images. */
export async function forgetImages(count: number): Promise<void> {
  const files = [...(await featureFiles()).keys()].sort();
  for (const file of files.slice(0, count)) await rm(file);
}

async function request({ imagesToEmbed, ...input }: RunToKill) {
  await forgetImages(imagesToEmbed);
  return requestTraining(systemActor, RequestTraining.parse(input));
}

/** Everything that a finished run says of its candidate, and P(tumor) of every test slice. */
export async function outcomeOf(runId: string) {
  const run = await database().trainingRun.findUniqueOrThrow({
    where: { id: runId },
    include: {
      epochs: { orderBy: [{ head: "asc" }, { epoch: "asc" }] },
      snapshot: true,
      model: { include: { evaluations: true } },
    },
  });
  const { model, snapshot, epochs } = run;
  if (model?.evaluations.length !== 1) throw new Error("the run made no candidate with one evaluation");
  const { threshold, temperature, baseSha256 } = model;
  const inference = await openBase(baseSha256);
  const classifier = await openModel(inference, model);
  const slices = slicesOf(await readSnapshot(snapshot!.id), "test");
  const embedded = await readEmbedded(inference, slices, new AbortController().signal);
  const pTumor: Record<string, number> = {};
  for (const studyId of new Set(slices.map((slice) => slice.studyId))) {
    const study = embedded.filter(({ slice }) => slice.studyId === studyId);
    const verdicts = await classifier.predictStudy(
      study.map(({ slice, embedding }) => ({ position: slice.position, embedding })),
    );
    for (const [row, { slice }] of study.entries()) pTumor[slice.sliceId] = verdicts[row]!.pTumor;
  }
  await classifier.close();
  return {
    labels: snapshot!.hash,
    threshold,
    temperature,
    metrics: model.evaluations[0]!.metrics,
    losses: epochs.map(({ head, epoch, trainLoss, validationLoss, validationAuc }) => ({
      head,
      epoch,
      trainLoss,
      validationLoss,
      validationAuc,
    })),
    pTumor,
  };
}
