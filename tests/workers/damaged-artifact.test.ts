import { randomUUID } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { ensureInitialModel } from "@/lib/engine/classifier/initial-model";
import { promoteModel } from "@/lib/features/models/promote-model";
import { predictAllKey, predictKey, predictSlicesJob } from "@/lib/features/predictions/jobs";
import { database, disconnect, transaction } from "@/lib/platform/database";
import { env } from "@/lib/platform/env";
import { enqueue } from "@/lib/platform/jobs";
import { systemActor } from "@/lib/records/access";
import { runJob } from "@/workers/task";
import { tasks } from "@/workers/tasks";
import { makeComparison } from "../support/factories";
import { makeImageStudy, type StoredImage, storeImages } from "../support/image-studies";
import { makeSecondModel } from "../support/second-model";
import { shareGraph } from "../support/worker-process";

/** A model's file is verified by its hash whenever it is loaded. */

let images: StoredImage[];
let second: Awaited<ReturnType<typeof makeSecondModel>>;
let workerId: string;

beforeAll(async () => {
  await shareGraph();
  await ensureInitialModel();
  second = await makeSecondModel(1);
  await makeComparison(second, await production(), { auc: [0.01, 0, 0.02] });
  images = await storeImages(1);
  await makeImageStudy("PHANTOM_01_0001", images);
  const worker = { id: randomUUID(), host: "elsewhere", pid: 1, heartbeatAt: new Date(), capabilities: {} };
  workerId = (await database().workerProcess.create({ data: worker })).id;
});
afterAll(disconnect);

const production = () => database().model.findFirstOrThrow({ where: { state: "PRODUCTION" } });
const predictions = () => database().prediction.findMany({ orderBy: { id: "asc" } });

async function predict(modelId?: string) {
  const key = modelId ? predictKey(modelId) : predictAllKey;
  const jobId = await transaction((db) => enqueue(db, predictSlicesJob, { modelId }, { key }));
  await runJob(tasks, workerId, jobId, new AbortController().signal);
  return database().job.findUniqueOrThrow({ where: { id: jobId } });
}

/** Changes one bit in the middle of a model's file; gives back what puts it right. */
async function flipBit({ artifactSha256 }: { artifactSha256: string }) {
  const file = path.join(env.dataFolder, "objects", artifactSha256.slice(0, 2), artifactSha256);
  const bytes = await readFile(file);
  const right = Buffer.from(bytes);
  bytes[bytes.length >> 1]! ^= 1;
  await writeFile(file, bytes);
  return () => writeFile(file, right);
}

it("a candidate with one bit changed predicts nothing, says so, and production stays as it was", async () => {
  expect(await predict()).toMatchObject({ status: "DONE" });
  const before = { model: await production(), predictions: await predictions() };
  expect(before.predictions).toHaveLength(images.length);

  const mend = await flipBit(second);
  const job = await predict(second.id);
  expect(job.status).toBe("FAILED");
  expect(job.error).toEqual({
    code: "artifact-damaged",
    number: 2,
    artifact: second.artifactSha256,
  });
  await expect(promoteModel(systemActor, { modelId: second.id })).rejects.toMatchObject({
    said: { because: [{ code: "model-file-damaged", number: 2 }] },
  });
  expect({ model: await production(), predictions: await predictions() }).toEqual(before);

  await mend();
  expect(await predict(second.id)).toMatchObject({ status: "DONE", progressDone: images.length });
  expect(await predictions()).toHaveLength(2 * images.length);
});

it("production with one bit changed keeps the predictions that it has and makes no others", async () => {
  const before = await predictions();
  const mend = await flipBit(await production());
  await makeImageStudy("PHANTOM_01_0002", images);
  expect(await predict()).toMatchObject({
    status: "FAILED",
    error: { code: "artifact-damaged", number: 1 },
  });
  expect(await predictions()).toEqual(before);
  await mend();
  expect(await predict()).toMatchObject({ status: "DONE", progressDone: images.length });
});
