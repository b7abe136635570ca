import { randomUUID } from "node:crypto";
import { rename } from "node:fs/promises";
import { afterAll, beforeAll, expect, it } from "vitest";
import { ensureInitialModel } from "@/lib/engine/classifier/initial-model";
import { predictAllKey, predictSlicesJob } from "@/lib/features/predictions/jobs";
import { readHealth } from "@/lib/features/system/read-health";
import { database, disconnect, transaction } from "@/lib/platform/database";
import { enqueue } from "@/lib/platform/jobs";
import { objectPath } from "@/lib/platform/storage";
import { systemActor } from "@/lib/records/access";
import { runJob } from "@/workers/task";
import { tasks } from "@/workers/tasks";
import { makeImageStudy, storeImages } from "../support/image-studies";
import { shareGraph } from "../support/worker-process";

let workerId: string;

beforeAll(async () => {
  await shareGraph();
  await ensureInitialModel();
  workerId = randomUUID();
  await database().workerProcess.create({
    data: { id: workerId, host: "here", pid: process.pid, heartbeatAt: new Date(), capabilities: {} },
  });
});
afterAll(disconnect);

async function predict() {
  const jobId = await transaction((db) => enqueue(db, predictSlicesJob, {}, { key: predictAllKey }));
  await runJob(tasks, workerId, jobId, new AbortController().signal);
  return database().job.findUniqueOrThrow({ where: { id: jobId } });
}

it("a slice whose file cannot be read is recorded and tried again, and stops no other slice", async () => {
  const images = await storeImages(2);
  const [damaged, ...others] = images;
  // The damaged one comes first in its study, and its study first in the list.
  const first = await makeImageStudy("PHANTOM_01_1000", [damaged!, others[0]!]);
  const second = await makeImageStudy("PHANTOM_01_1001", others.slice(1));
  const file = objectPath(damaged!.fileSha256);
  await rename(file, `${file}.away`);

  const job = await predict();
  expect(job).toMatchObject({
    status: "DONE",
    message: { code: "predicted-but-some", failed: 1 },
  });
  const failure = await database().predictionFailure.findFirstOrThrow({ include: { slice: true } });
  expect(failure).toMatchObject({ attempts: 1, slice: { studyId: first.studyId, position: 1 } });
  expect(failure.reason).toMatchObject({ code: "slice-unreadable", file: "PHANTOM_01_1000_1.tif" });
  expect(await database().prediction.count({ where: { slice: { studyId: first.studyId } } })).toBe(1);
  expect(await database().prediction.count({ where: { slice: { studyId: second.studyId } } })).toBe(
    others.length - 1,
  );
  const { findings } = await readHealth(systemActor, "prisma/migrations");
  expect(findings.find(({ part }) => part.code === "predictions")).toMatchObject({
    state: "look",
    says: { code: "slices-unpredicted", slices: 1, example: { file: "PHANTOM_01_1000_1.tif" } },
  });

  await predict();
  expect(await database().predictionFailure.findMany()).toMatchObject([{ attempts: 2 }]);

  await rename(`${file}.away`, file);
  await predict();
  expect(await database().predictionFailure.count()).toBe(0);
  expect(await database().prediction.count()).toBe(images.length);
  expect(
    await database().studyPrediction.findMany({
      select: { predictedSlices: true, study: { select: { sliceCount: true } } },
    }),
  ).toEqual([
    { predictedSlices: 2, study: { sliceCount: 2 } },
    { predictedSlices: others.length - 1, study: { sliceCount: others.length - 1 } },
  ]);
});
