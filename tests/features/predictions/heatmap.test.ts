import { randomUUID } from "node:crypto";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { explainSliceJob } from "@/lib/features/predictions/jobs";
import { keepHeatmap } from "@/lib/features/predictions/kept-heatmap";
import { readHeatmap } from "@/lib/features/predictions/read-heatmap";
import { requestHeatmap } from "@/lib/features/predictions/request-heatmap";
import { database, disconnect } from "@/lib/platform/database";
import { putDerived } from "@/lib/platform/storage";
import type { Actor } from "@/lib/records/access";
import { emptyDatabase, makeActor, makeModel, makePredictions, makeStudy } from "../../support/factories";

let reader: Actor;
let model: Awaited<ReturnType<typeof makeModel>>;
let predicted: string;
let notPredicted: string;

beforeEach(async () => {
  await emptyDatabase();
  reader = await makeActor("READER");
  const { sliceIds } = await makeStudy("TCGA_CS_0001", [true, false]);
  [predicted, notPredicted] = [sliceIds[0]!, sliceIds[1]!];
  model = await makeModel("PRODUCTION");
  await makePredictions(model, [[predicted, 0.9, 5]]);
});
afterAll(disconnect);

const values = Float32Array.from({ length: 64 }, (_, cell) => cell - 32);

async function keep(sliceId: string, { artifactSha256 } = model) {
  const { pixelHash } = await database().slice.findUniqueOrThrow({ where: { id: sliceId } });
  await keepHeatmap({ artifactSha256, pixelHash }, values);
  return { artifactSha256, pixelHash };
}
const role = "STRANGER" as string as Actor["role"];
const stranger: Actor = { id: randomUUID(), email: "", name: "", role };

describe("asking for a heatmap", () => {
  it("queues one job of that slice and model, however often it is asked", async () => {
    const first = await requestHeatmap(reader, { sliceId: predicted });
    expect(first).toMatchObject({ state: "waiting", modelId: model.id });
    const other = await requestHeatmap(await makeActor("READER"), { sliceId: predicted });
    expect(other).toEqual(first);
    const [job, ...others] = await database().job.findMany();
    expect(others).toEqual([]);
    expect(job).toMatchObject({ kind: "explain-slice", requestedById: reader.id, status: "WAITING" });
    expect(explainSliceJob.payload.parse(job!.payload)).toEqual({ sliceId: predicted, modelId: model.id });
  });

  it("queues another after one that failed", async () => {
    const first = await requestHeatmap(reader, { sliceId: predicted });
    await database().job.updateMany({
      data: { status: "FAILED", error: { code: "disk-full" }, finishedAt: new Date() },
    });
    const second = await requestHeatmap(reader, { sliceId: predicted });
    expect(second.state).toBe("waiting");
    expect(second).not.toEqual(first);
    expect(await database().job.count()).toBe(2);
  });

  it("is refused to an account that has asked for too many within an hour", async () => {
    const sliceId = predicted;
    await requestHeatmap(reader, { sliceId });
    await database().rateLimit.updateMany({ data: { count: 2_000 } });
    await expect(requestHeatmap(reader, { sliceId })).rejects.toMatchObject({
      kind: "unavailable",
      said: { code: "too-many-heatmaps" },
    });
    await requestHeatmap(await makeActor("READER"), { sliceId });
  });

  it("finds one that is there and queues nothing", async () => {
    await keep(predicted);
    expect(await requestHeatmap(reader, { sliceId: predicted })).toEqual({
      state: "ready",
      modelId: model.id,
    });
    expect(await database().job.count()).toBe(0);
  });

  it("explains the model in production now, not the one before", async () => {
    await keep(predicted);
    await database().model.update({ where: { id: model.id }, data: { state: "RETIRED" } });
    const next = await makeModel("PRODUCTION");
    const refused = requestHeatmap(reader, { sliceId: predicted });
    await expect(refused).rejects.toMatchObject({
      kind: "invalid",
      said: { code: "slice-not-predicted", number: next.number },
    });
    await makePredictions(next, [[predicted, 0.1, 0]]);
    expect(await requestHeatmap(reader, { sliceId: predicted })).toMatchObject({
      state: "waiting",
      modelId: next.id,
    });
  });

  it("is refused without a prediction and without a production model", async () => {
    const asked = (sliceId: string) => requestHeatmap(reader, { sliceId });
    await expect(asked(notPredicted)).rejects.toMatchObject({ kind: "invalid" });
    await database().model.update({ where: { id: model.id }, data: { state: "RETIRED" } });
    await expect(asked(predicted)).rejects.toMatchObject({ said: { code: "nothing-to-explain" } });
    expect(await database().job.count()).toBe(0);
  });

  it("is for those who may read studies, and of slices that are there", async () => {
    const asked = requestHeatmap(stranger, { sliceId: predicted });
    await expect(asked).rejects.toMatchObject({ kind: "forbidden" });
    const nowhere = requestHeatmap(reader, { sliceId: randomUUID() });
    await expect(nowhere).rejects.toMatchObject({ kind: "not-found" });
  });
});

describe("reading a heatmap", () => {
  const read = (sliceId: string, modelId = model.id, actor = reader) =>
    readHeatmap(actor, { sliceId, modelId });

  it("gives the values of that model, and none of a model or slice without one", async () => {
    await keep(predicted);
    expect(await read(predicted)).toMatchObject({
      rows: 8,
      columns: 8,
      values: [...values],
      modelNumber: model.number,
    });
    expect(await read(notPredicted)).toBeNull();
    await expect(read(predicted, randomUUID())).rejects.toMatchObject({ kind: "not-found" });
    const other = await makeModel("CANDIDATE");
    expect(await read(predicted, other.id)).toBeNull();
    await keep(predicted, other);
    expect((await read(predicted, other.id))!.etag).not.toBe((await read(predicted))!.etag);
  });

  it("takes a file that a power cut left unfinished for none", async () => {
    const { artifactSha256, pixelHash } = await keep(predicted);
    const key = `heatmaps/${artifactSha256.slice(0, 16)}-p1-v1/${pixelHash.slice(0, 2)}/${pixelHash}`;
    for (const broken of ["[1,2", "[1,2]", "\0\0\0\0"]) {
      await putDerived(key, Buffer.from(broken));
      expect(await read(predicted)).toBeNull();
      expect((await requestHeatmap(reader, { sliceId: predicted })).state).toBe("waiting");
    }
  });

  it("is for those who may read studies, and of slices that are there", async () => {
    await expect(read(predicted, model.id, stranger)).rejects.toMatchObject({ kind: "forbidden" });
    await expect(read(randomUUID())).rejects.toMatchObject({ kind: "not-found" });
  });
});
