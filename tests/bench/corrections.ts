import "../support/database-for-tests";
import { randomUUID } from "node:crypto";
import path from "node:path";
import { saveLabel } from "@/lib/features/labels/save-label";
import { requestTraining } from "@/lib/features/runs/request-training";
import { RequestTraining, type TrainingPhase, trainingPhases } from "@/lib/features/runs/schema";
import { database, disconnect } from "@/lib/platform/database";
import type { Cohort } from "@/lib/platform/generated/enums";
import { systemActor } from "@/lib/records/access";
import { servingModel } from "@/lib/records/serving-model";
import { threadsOfAWorker } from "../../bin/setup/worker-settings.mjs";
import { makeActor } from "../support/factories";
import { forgetImages } from "../support/killed-run";
import { endOfJob, killWorkers, startWorkerProcess, until } from "../support/worker-process";
import type { BenchOptions, TextResult } from "./measure";
import { importBenchSlices } from "./slices";

interface RetrainRow {
  what: string;
  /** Seconds of the clock by phase, from its beginning to that of the next. */
  secondsByPhase: Partial<Record<TrainingPhase, number>>;
  /** From the request to the candidate. */
  seconds: number;
  backboneRuns: number;
  /** Seconds of work that one head's fit takes on 1,000 slices. */
  fitSecondsPerHeadAndThousand: number;
  heads: number;
}

interface CorrectionsResult extends TextResult {
  slices: number;
  rows: RetrainRow[];
}

const counts = [1, 20, 200];

/**
 * Seconds of a retraining by phase, by two worker processes (once by one), after 1, 20 and 200 labels were corrected;
 * then with as many images new. Two hundred corrections are those of a working day. Phantoms, or the archive that `--data` names.
 */
export async function bench(options: BenchOptions): Promise<CorrectionsResult> {
  const data = options.data && path.resolve(process.env.INIT_CWD ?? process.cwd(), options.data);
  const { cohort, slices } = await importBenchSlices(data ?? "phantoms");
  process.env.SULCUS_THREADS = String(threadsOfAWorker({ workers: 2 })); // as `npm start` does
  await startWorkerProcess();
  const rows: RetrainRow[] = [];
  const retrain = async (what: string, prepare = async () => {}) => {
    await endOfPredictions();
    await prepare();
    rows.push(await measuredRun(what, cohort));
    console.error(line(rows.at(-1)!));
  };
  await retrain("features there, one worker");
  await startWorkerProcess();
  await retrain("features there");
  for (const count of counts) {
    await retrain(`${count} corrected`, () => correctLabels(count));
  }
  for (const count of counts) {
    await retrain(`${count} images new`, () => forgetImages(count));
  }
  await retrain("every image new", () => forgetImages(slices));
  await killWorkers();
  await disconnect();
  return {
    name: "corrections",
    slices,
    rows,
    lines: [
      `seconds of a retraining by phase, two workers (${slices} slices)`,
      `${"".padEnd(28)}${trainingPhases.map((phase) => phase.padStart(10)).join("")}       all  backbone runs  fit per head and 1,000 slices`,
      ...rows.map(line),
    ],
  };
}

async function measuredRun(what: string, cohort: Cohort): Promise<RetrainRow> {
  const { runId, jobId } = await requestTraining(systemActor, RequestTraining.parse({ cohort }));
  const job = await endOfJob(jobId, 60 * 60_000);
  if (job.status !== "DONE") throw new Error(`the run ended as ${job.status}: ${JSON.stringify(job.error)}`);
  const run = await database().trainingRun.findUniqueOrThrow({
    where: { id: runId },
    include: { epochs: true, snapshot: true },
  });
  const began = Object.entries(run.phaseBeganAt as Record<string, string>)
    .map(([phase, at]) => ({ phase: phase as TrainingPhase, at: new Date(at).getTime() }))
    .sort((a, b) => a.at - b.at);
  const end = job.finishedAt!.getTime();
  const heads = new Set(run.epochs.map(({ head }) => head)).size;
  const fitted = await database().snapshotItem.count({
    where: { snapshotId: run.snapshotId!, split: { not: "TEST" } },
  });
  const work = run.secondsByPhase as Partial<Record<TrainingPhase, number>>;
  return {
    what,
    secondsByPhase: Object.fromEntries(
      began.map(({ phase, at }, index) => [phase, ((began[index + 1]?.at ?? end) - at) / 1_000]),
    ),
    seconds: (end - job.createdAt.getTime()) / 1_000,
    backboneRuns: run.backboneRuns,
    heads,
    fitSecondsPerHeadAndThousand: (1_000 * (work.fit ?? 0)) / heads / fitted,
  };
}

/** An import and a candidate ask for predictions, which would make features beside the next run and slow it. */
async function endOfPredictions(): Promise<void> {
  await until(
    async () => (await database().job.count({ where: { finishedAt: null } })) === 0,
    () => "the end of all predictions",
    60 * 60_000,
  );
}

/** A reader calls slices tumor-free that were imported as tumor. */
async function correctLabels(count: number): Promise<void> {
  const reader = await makeActor("READER");
  const model = await servingModel();
  const labels = await database().label.findMany({
    where: { labelClass: "TUMOR", source: "IMPORTED", slice: { labels: { none: { version: { gt: 1 } } } } },
    orderBy: { id: "asc" },
    take: count,
  });
  if (labels.length < count) throw new Error(`only ${labels.length} labels are left to correct`);
  for (const { sliceId, version } of labels)
    await saveLabel(reader, {
      sliceId,
      basedOn: version,
      saveId: randomUUID(),
      modelId: model!.id,
      labelClass: "NO_TUMOR",
      act: "state",
      mask: "none",
    });
}

const line = ({ what, secondsByPhase, seconds, backboneRuns, heads, ...row }: RetrainRow) =>
  what.padEnd(28) +
  trainingPhases.map((phase) => (secondsByPhase[phase]?.toFixed(1) ?? "-").padStart(10)).join("") +
  seconds.toFixed(1).padStart(10) +
  String(backboneRuns).padStart(15) +
  `${row.fitSecondsPerHeadAndThousand.toFixed(1)} s (${heads} heads)`.padStart(32);
