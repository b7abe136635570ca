import { randomUUID } from "node:crypto";
import { readdir, stat } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { shippedBase } from "@/lib/engine/bases/base-network";
import { openModel } from "@/lib/engine/classifier/classifier";
import { ensureInitialModel } from "@/lib/engine/classifier/initial-model";
import { explainSliceJob } from "@/lib/features/predictions/jobs";
import { readHeatmap } from "@/lib/features/predictions/read-heatmap";
import { requestHeatmap } from "@/lib/features/predictions/request-heatmap";
import { database, disconnect, listen } from "@/lib/platform/database";
import { env } from "@/lib/platform/env";
import { changeChannel } from "@/lib/platform/jobs";
import { getObject, putObject, removeDerived } from "@/lib/platform/storage";
import type { Actor } from "@/lib/records/access";
import { encodeTiff } from "@/lib/science/imaging/encode-tiff";
import { makePhantomPatient, PHANTOM_SIZE, type PhantomSlice } from "@/lib/science/imaging/phantom";
import { cellCentre } from "@/lib/science/imaging/upsample-grid";
import { classActivation, marginGradient, poolConv5 } from "@/lib/science/network/class-activation";
import { decodeClassifier } from "@/lib/science/network/classifier-artifact";
import { relativeDifference } from "@/lib/science/network/relative-difference";
import { runJob } from "@/workers/task";
import { tasks } from "@/workers/tasks";
import { makeActor, makeModel, makePredictions, makeStudy } from "../support/factories";
import {
  endOfJob,
  killWorker,
  killWorkers,
  shareGraph,
  startWorkerProcess,
  until,
} from "../support/worker-process";

/** Each phantom patient's slice with the largest lesion. */
const phantoms = [0, 1, 2, 4].map((index) =>
  makePhantomPatient(1, index).slices.reduce((largest, slice) =>
    slice.lesionAreaPixels > largest.lesionAreaPixels ? slice : largest,
  ),
);
let reader: Actor;
let workerId: string;
let model: Awaited<ReturnType<typeof production>>;
const sliceIds: string[] = [];

const production = () => database().model.findFirstOrThrow({ where: { state: "PRODUCTION" } });
const never = new AbortController().signal;

beforeAll(async () => {
  await shareGraph();
  await ensureInitialModel();
  model = await production();
  reader = await makeActor("READER");
  workerId = await aWorker();
  const made = await makeStudy(
    "PHANTOM_01_0001",
    phantoms.map(() => null),
    { cohort: "PHANTOM" },
  );
  sliceIds.push(...made.sliceIds);
  for (const [index, { image }] of phantoms.entries()) {
    await database().slice.update({
      where: { id: sliceIds[index]! },
      data: {
        rows: PHANTOM_SIZE,
        columns: PHANTOM_SIZE,
        fileSha256: await putObject(encodeTiff(image, PHANTOM_SIZE, PHANTOM_SIZE, 3)),
      },
    });
  }
  await makePredictions(
    model,
    sliceIds.map((id) => [id, 0.9, 0]),
  );
});
afterAll(async () => {
  await killWorkers();
  await disconnect();
});

async function aWorker() {
  const { id } = await database().workerProcess.create({
    data: { id: randomUUID(), host: "elsewhere", pid: 1, heartbeatAt: new Date(), capabilities: {} },
  });
  return id;
}

async function ask(sliceId: string) {
  const asked = await requestHeatmap(reader, { sliceId });
  if (asked.state !== "waiting") throw new Error("the heatmap is there already");
  return asked.jobId;
}

const find = (jobId: string) => database().job.findUniqueOrThrow({ where: { id: jobId } });
const read = (sliceId: string, modelId = model.id) => readHeatmap(reader, { sliceId, modelId });

/** Asks for a heatmap and does its job here. */
async function explain(sliceId: string) {
  const jobId = await ask(sliceId);
  await runJob(tasks, workerId, jobId, never);
  expect(await find(jobId)).toMatchObject({ status: "DONE", error: null });
  return (await read(sliceId))!.values;
}

async function forgetHeatmaps() {
  for (const file of await files("heatmaps")) await removeDerived(`heatmaps/${file}`);
}

async function files(folder: string): Promise<string[]> {
  const root = path.join(env.dataFolder, "derived", folder);
  const entries = await readdir(root, { recursive: true }).catch(() => []);
  const kept = [];
  for (const entry of entries) if ((await stat(path.join(root, entry))).isFile()) kept.push(entry);
  return kept;
}

/** Mean positive value of the cells whose part of the image (16 pixels around the centre) the lesion touches, and of the rest. */
function insideAndOutside(values: number[], { mask }: PhantomSlice) {
  const touched = new Set<number>();
  const nearest = (pixel: number) => Math.min(7, Math.round(pixel / cellCentre(1, 8)));
  mask.forEach((lesion, pixel) => {
    if (lesion) touched.add(8 * nearest(Math.floor(pixel / PHANTOM_SIZE)) + nearest(pixel % PHANTOM_SIZE));
  });
  const mean = (isInside: boolean) => {
    const own = values.filter((_, cell) => touched.has(cell) === isInside);
    return own.reduce((sum, value) => sum + Math.max(0, value), 0) / own.length;
  };
  return { inside: mean(true), outside: mean(false) };
}

describe("explaining a slice", { timeout: 120_000 }, () => {
  it("gives what the network and the head give directly, and tells open pages", async () => {
    const told: unknown[] = [];
    const stop = await listen(changeChannel, (payload) => told.push(JSON.parse(payload)));
    const values = await explain(sliceIds[0]!);
    const inference = await shippedBase();
    expect(inference.backboneRuns).toBe(1);

    const { image } = phantoms[0]!;
    const { features } = await inference.embed(image);
    const conv5 = await inference.conv5(image);
    expect(relativeDifference(poolConv5(conv5), features)).toBeLessThan(1e-6);
    const { heads } = decodeClassifier(await getObject(model.artifactSha256));
    const gradients = heads.map((head) => marginGradient(head, features));
    const gradient = features.map(
      (_, at) => gradients.reduce((sum, own) => sum + own[at]!, 0) / gradients.length,
    );
    // conv5 is kept at half precision: 11 bits.
    expect(relativeDifference(values, classActivation(conv5, gradient))).toBeLessThan(2e-3);

    const product = features.reduce((sum, value, index) => sum + value * gradient[index]!, 0);
    const cells = values.reduce((sum, value) => sum + value, 0);
    expect(Math.abs(cells / product - 1)).toBeLessThan(2e-3);
    await until(
      async () =>
        told.some((change) => JSON.stringify(change) === `{"topic":"heatmap","id":"${sliceIds[0]}"}`),
      () => "the change that tells of the heatmap",
    );
    await stop();
  });

  it("gives the same when it is made again, without another run of the backbone", async () => {
    const before = (await read(sliceIds[0]!))!;
    const { backboneRuns } = await shippedBase();
    await forgetHeatmaps();
    expect(await read(sliceIds[0]!)).toBeNull();
    expect(await explain(sliceIds[0]!)).toEqual(before.values);
    // Delivered once more, the job finds its heatmap.
    const context = { jobId: "", signal: never, progress: () => {}, log: () => {} };
    const payload = { sliceId: sliceIds[0]!, modelId: model.id };
    await tasks.get(explainSliceJob.kind)!.run(payload, context);
    expect(await read(sliceIds[0]!)).toEqual(before);
    expect((await shippedBase()).backboneRuns).toBe(backboneRuns);
  });

  it("points into the lesion on phantoms that the shipped model calls tumor", async () => {
    const inference = await shippedBase();
    const classifier = await openModel(inference, model);
    for (const [index, phantom] of phantoms.entries()) {
      const { features, maskLogits, gapLogits } = await inference.embed(phantom.image);
      const embedding = { features, maskLogits, gapLogit: gapLogits![0]! };
      const [verdict] = await classifier.predictStudy([{ position: 1, embedding }]);
      expect(verdict!.pTumor).toBeGreaterThan(0.9);
      const values = (await read(sliceIds[index]!))?.values ?? (await explain(sliceIds[index]!));
      const { inside, outside } = insideAndOutside(values, phantom);
      expect(inside).toBeGreaterThan(3 * outside);
    }
    await classifier.close();
  });

  it("leaves nothing half-made where it is stopped, before the backbone or after it, and starts again", async () => {
    await forgetHeatmaps();
    const { backboneRuns } = await shippedBase();
    const jobId = await ask(sliceIds[1]!);
    const stopped = new AbortController();
    stopped.abort();
    await expect(runJob(tasks, workerId, jobId, stopped.signal)).rejects.toThrow("goes back into the queue");
    expect(await find(jobId)).toMatchObject({ status: "WAITING" });
    for (const file of await files("conv5")) await removeDerived(`conv5/${file}`);
    await expect(runJob(tasks, workerId, jobId, stopped.signal)).rejects.toThrow("goes back into the queue");
    expect([await files("heatmaps"), await files("conv5")]).toEqual([[], []]);
    expect((await shippedBase()).backboneRuns).toBe(backboneRuns);
    await runJob(tasks, workerId, jobId, never);
    expect(await find(jobId)).toMatchObject({ status: "DONE", attempts: 3 });
    expect(await read(sliceIds[1]!)).not.toBeNull();
  });

  it("fails in words for a model of another base, and may be asked for again", async () => {
    const other = await makeModel("CANDIDATE");
    await database().model.update({ where: { id: model.id }, data: { state: "RETIRED" } });
    await database().model.update({ where: { id: other.id }, data: { state: "PRODUCTION" } });
    await makePredictions(other, [[sliceIds[0]!, 0.9, 0]]);
    const jobId = await ask(sliceIds[0]!);
    await runJob(tasks, workerId, jobId, never);
    const { status, error } = await find(jobId);
    expect(status).toBe("FAILED");
    expect(error).toMatchObject({ code: "base-not-installed" });
    expect(await ask(sliceIds[0]!)).not.toBe(jobId);
    await database().job.deleteMany();
    await database().model.update({ where: { id: other.id }, data: { state: "RETIRED" } });
    await database().model.update({ where: { id: model.id }, data: { state: "PRODUCTION" } });
  });

  it("is taken over from a worker that was killed in it, to the same values", async () => {
    const before = (await read(sliceIds[1]!))!;
    await forgetHeatmaps();
    for (const file of await files("conv5")) await removeDerived(`conv5/${file}`);
    const jobId = await ask(sliceIds[1]!);
    const worker = await startWorkerProcess();
    await until(
      async () => (await find(jobId)).status === "RUNNING",
      () => "the job's beginning",
    );
    await killWorker(worker);
    expect(await read(sliceIds[1]!)).toBeNull();
    await startWorkerProcess();
    expect(await endOfJob(jobId)).toMatchObject({ status: "DONE", attempts: 2 });
    expect(await read(sliceIds[1]!)).toEqual(before);
  });
});
