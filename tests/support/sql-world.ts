import { randomUUID } from "node:crypto";
import { database } from "@/lib/platform/database";
import type { JobStatus } from "@/lib/platform/generated/enums";
import { putObject } from "@/lib/platform/storage";
import { encodeTiff } from "@/lib/science/imaging/encode-tiff";
import {
  emptyDatabase,
  makeActor,
  makeBase,
  makeComparison,
  makeModel,
  makePredictions,
  makeRun,
  makeStudy,
  maskSize,
} from "./factories";

export type SqlWorld = Awaited<ReturnType<typeof makeSqlWorld>>;

/**
 * Empties the database and fills it with a little of everything, several rows of each, so that a query that is sent for
 * each row is sent several times.
 */
export async function makeSqlWorld() {
  const db = database();
  await emptyDatabase();
  await db.workerProcess.deleteMany();
  await db.$executeRaw`DELETE FROM graphile_worker._private_jobs`;
  const reader = await makeActor("READER");
  const reviewer = await makeActor("REVIEWER");
  const admin = await makeActor("ADMIN");
  await makeActor("ADMIN");
  const studies = [];
  for (const [key, labels] of labelsOf) studies.push(await makeStudy(key, labels));
  const [first, second, third] = [studies[0]!, studies[1]!, studies[2]!];
  await db.slice.updateMany({ data: { fileSha256: await storeImage() } });
  const drafts = [];
  for (const author of [reader, reviewer]) drafts.push(await makeDraft(first.sliceIds[1]!, author.id!));

  const baseSha256 = await makeBase({ seenPatients: [randomHash(), randomHash()] });
  const previous = await makeModel("RETIRED", { baseSha256 });
  const production = await makeModel("PRODUCTION", { baseSha256, parentId: previous.id });
  await db.modelDecision.create({
    data: { kind: "PROMOTED", modelId: production.id, previousModelId: previous.id, decidedById: admin.id },
  });
  const testPatientIds = [first.patientId, second.patientId];
  const runs = [];
  const candidates = [];
  for (let index = 0; index < 3; index++) {
    const job = await makeJob("train-model", "RUNNING");
    const run = await makeRun(reader.id, { testPatientIds });
    runs.push(await db.trainingRun.update({ where: { id: run.id }, data: { jobId: job.id } }));
    candidates.push(await makeModel("CANDIDATE", { baseSha256, runId: run.id }));
  }
  const [run, candidate, compared] = [runs[0]!, candidates[0]!, candidates[2]!];
  // After the snapshots: what has changed since.
  await addCorrections(first.sliceIds[0]!, reader.id!);
  await addCorrections(second.sliceIds[1]!, reviewer.id!);
  const evaluation = await makeComparison(compared, production, { auc: [0.01, -0.005, 0.02] });
  const tested = { slices: 2, tumorSlices: 1, tp: 1, fp: 0, tn: 1, fn: 0 };
  await db.evaluationPatient.createMany({
    data: testPatientIds.map((patientId) => ({ ...tested, patientId, evaluationId: evaluation.id })),
  });
  for (const model of [production, candidate])
    for (const { sliceIds } of [first, second, third])
      await makePredictions(
        model,
        sliceIds.map((id, index) => [id, (model === candidate ? 0.3 : 0.6) + index * 0.1, 4]),
      );
  return {
    ...{ reader, reviewer, admin, first, second, third, drafts, baseSha256, evaluation },
    ...{ hidden: studies[3]!, unpredicted: studies[4]! },
    ...{ previous, production, candidate, compared, run, snapshotId: run.snapshotId! },
  };
}

/** Patients' keys and what the import said of their slices. */
const labelsOf: [string, (boolean | null)[]][] = [
  ["TCGA_CS_0001", [true, false, null]],
  ["TCGA_CS_0002", [true, false]],
  ["TCGA_CS_0003", [true, null]],
  ["TCGA_DU_0004", [false, true]],
  ["TCGA_CS_0005", [true, false]],
];

export const randomHash = () => randomUUID().replaceAll("-", "").padEnd(64, "0");

function storeImage(): Promise<string> {
  const pixels = new Uint8Array(maskSize * maskSize * 3).map((_, index) => index);
  return putObject(encodeTiff(pixels, maskSize, maskSize, 3));
}

/** Two more versions of a label, a person's. */
async function addCorrections(sliceId: string, authorId: string) {
  for (const version of [2, 3])
    await database().label.create({
      data: { sliceId, version, labelClass: "TUMOR", source: "HUMAN", authorId, readingMs: 1_000 * version },
    });
}

function makeDraft(sliceId: string, authorId: string) {
  return database().draft.create({
    data: { id: randomUUID(), sliceId, authorId, basedOn: 1, revision: 1, strokes: [], done: 1 },
  });
}

/** A job's row, without the queue's. */
export function makeJob(kind: string, status: JobStatus, { payload = {}, key = null as string | null } = {}) {
  const ended = status !== "RUNNING" && status !== "WAITING";
  return database().job.create({
    data: { kind, status, payload, key, finishedAt: ended ? new Date() : null },
  });
}

/** A worker that has just reported. */
export function makeWorkerRow(capabilities: object = { cpus: 2 }) {
  return database().workerProcess.create({
    data: { id: randomUUID(), host: "reading-1", pid: 7, heartbeatAt: new Date(), capabilities },
  });
}
