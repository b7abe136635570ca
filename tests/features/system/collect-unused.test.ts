import { randomBytes, randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readdir, utimes, writeFile } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { uploadFile } from "@/lib/features/imports/upload-file";
import { keptDays } from "@/lib/features/system/collect-schema";
import { collectUnused } from "@/lib/features/system/collect-unused";
import { collectUnusedJob, enqueueCollection } from "@/lib/features/system/jobs";
import { database, disconnect } from "@/lib/platform/database";
import { env } from "@/lib/platform/env";
import { removeOld } from "@/lib/platform/old-files";
import { getObject, hasObject, objectPath, putDerived, putObject } from "@/lib/platform/storage";
import { columnsNamingObjects } from "@/lib/platform/unreferenced";
import { systemActor } from "@/lib/records/access";
import { emptyDatabase, makeActor, makeModel, makeStudy } from "../../support/factories";
import { beginUpload, sendBytes } from "../../support/send-upload";

beforeEach(emptyDatabase);
afterAll(disconnect);

const daysAgo = (days: number) => new Date(Date.now() - days * 24 * 60 * 60 * 1000);
const age = (file: string, days: number) => utimes(file, daysAgo(days), daysAgo(days));
const inData = (key: string) => path.join(env.dataFolder, key);
const collect = (options: { dryRun?: boolean; most?: boolean } = {}) =>
  collectUnused(systemActor, { dryRun: false, ...options });

async function oldObject(days = keptDays.object + 1): Promise<string> {
  const sha256 = await putObject(randomBytes(100));
  await age(objectPath(sha256), days);
  return sha256;
}

async function oldDerived(key: string, days = keptDays.derived + 1) {
  await putDerived(key, Buffer.from("made once"));
  await age(inData(`derived/${key}`), days);
  return inData(`derived/${key}`);
}

describe("an object", () => {
  it("that no record names is removed once it is old enough, and a dry run only says so", async () => {
    const unused = await oldObject();
    const young = await oldObject(keptDays.object - 1);
    const dry = await collect({ dryRun: true });
    expect(dry.objects).toEqual({ count: 1, bytes: 100 });
    expect(hasObject(unused)).toBe(true);
    expect((await collect()).objects).toEqual(dry.objects);
    expect([hasObject(unused), hasObject(young)]).toEqual([false, true]);
    expect((await collect()).objects).toEqual({ count: 0, bytes: 0 });
  });

  it("that any record names stays, whatever its age: columns and JSON alike", async () => {
    const { sliceIds } = await makeStudy("TCGA_CS_0001", [null]);
    const model = await makeModel("CANDIDATE");
    const author = await makeActor("READER");
    const named = {
      file: await oldObject(),
      label: await oldObject(),
      prediction: await oldObject(),
      model: model.artifactSha256,
      base: await oldObject(),
      card: await oldObject(),
    };
    await age(objectPath(model.artifactSha256), 100);
    const db = database();
    await db.slice.update({ where: { id: sliceIds[0]! }, data: { fileSha256: named.file } });
    await db.label.create({
      data: {
        sliceId: sliceIds[0]!,
        version: 1,
        labelClass: "TUMOR",
        source: "HUMAN",
        authorId: author.id,
        maskSha256: named.label,
        areaPixels: 5,
      },
    });
    await db.prediction.create({
      data: {
        sliceId: sliceIds[0]!,
        modelId: model.id,
        pTumor: 0.9,
        predictedClass: "TUMOR",
        confidence: 0.9,
        maskSha256: named.prediction,
        areaPixels: 5,
      },
    });
    await db.base.create({
      data: {
        sha256: named.base,
        name: "b",
        outputs: ["features"],
        card: { int8Of: [{ file: named.card }] },
      },
    });
    const unused = await oldObject();
    await collect();
    expect(Object.entries(named).filter(([, sha256]) => !hasObject(sha256))).toEqual([]);
    expect(hasObject(unused)).toBe(false);
  });

  it("stored again, to be named in a moment, is young again", async () => {
    const bytes = randomBytes(50);
    const sha256 = await putObject(bytes);
    await age(objectPath(sha256), 100);
    await putObject(bytes);
    await collect();
    expect(hasObject(sha256)).toBe(true);
  });

  it("renewed after it was found unused is put back", async () => {
    const bytes = randomBytes(50);
    const sha256 = await putObject(bytes);
    await age(objectPath(sha256), 100);
    const before = daysAgo(keptDays.object);
    await putObject(bytes); // between the look at the database and the removal
    expect(await removeOld(objectPath(sha256), before)).toBe(false);
    expect((await getObject(sha256)).equals(bytes)).toBe(true);
  });

  it("is never missing after writers and collectors ran side by side", async () => {
    const all = Array.from({ length: 40 }, () => randomBytes(64));
    const keys = await Promise.all(all.map((bytes) => putObject(bytes)));
    await Promise.all(keys.map((key) => age(objectPath(key), 100)));
    await Promise.all([
      ...all.map((bytes) => putObject(bytes)),
      ...[1, 2, 3].map(() => collect({ most: true })),
    ]);
    expect(keys.filter((key) => !hasObject(key))).toEqual([]);
  });

  it("and most others unused look like another installation's: nothing is removed without a person's word", async () => {
    const keys = await Promise.all(Array.from({ length: 101 }, () => oldObject()));
    await expect(collect()).rejects.toMatchObject({
      kind: "conflict",
      said: { code: "objects-unnamed", unused: 101, objects: 101 },
    });
    expect(keys.every(hasObject)).toBe(true);
    expect((await collect({ most: true })).objects.count).toBe(101);
  });

  it("may be named by these columns, and by every column of JSON but those of strokes and past events", async () => {
    const columns = await columnsNamingObjects(["AuditEvent.detail", "Draft.strokes"]);
    expect(columns.filter(({ json }) => !json).map(({ table, column }) => `${table}.${column}`)).toEqual(
      expect.arrayContaining([
        "Base.sha256",
        "Label.maskSha256",
        "Model.artifactSha256",
        "Prediction.maskSha256",
        "Slice.fileSha256",
      ]),
    );
    expect(columns.filter(({ json }) => json).map(({ table, column }) => `${table}.${column}`)).toContain(
      "TrainingStep.result",
    );
  });
});

describe("an upload", () => {
  it("that was abandoned is cancelled and its bytes are removed; one that goes on, and one to be decided, stay", async () => {
    const admin = await makeActor("ADMIN");
    const uploads = { abandoned: "", active: "", ready: "" };
    for (const name of Object.keys(uploads) as (keyof typeof uploads)[]) {
      uploads[name] = await beginUpload(admin, { name: `${name}.zip`, size: 100 });
      await sendBytes(admin, uploads[name], 0, randomBytes(40));
    }
    const createdAt = daysAgo(100);
    await database().import.updateMany({ data: { createdAt } });
    await database().import.update({ where: { id: uploads.ready }, data: { state: "READY" } });
    await age(await uploadFile(uploads.abandoned), keptDays.upload + 1);
    await age(await uploadFile(uploads.ready), 100);
    const stray = await uploadFile(randomUUID());
    await writeFile(stray, "of an import that nobody knows");
    await age(stray, keptDays.upload + 1);

    const report = await collect();
    expect(report.uploads).toEqual({ count: 2, bytes: 40 + 30 });
    const states = await database().import.findMany({ select: { id: true, state: true } });
    expect(Object.fromEntries(states.map(({ id, state }) => [id, state]))).toEqual({
      [uploads.abandoned]: "CANCELLED",
      [uploads.active]: "UPLOADING",
      [uploads.ready]: "READY",
    });
    expect(existsSync(await uploadFile(uploads.abandoned))).toBe(false);
    expect(existsSync(await uploadFile(uploads.ready))).toBe(true);
    expect(existsSync(stray)).toBe(false);
  });
});

describe("a derived file", () => {
  it("goes with the base, the model, the pixels or the run that it was made of", async () => {
    const { sliceIds } = await makeStudy("TCGA_CS_0001", [null]);
    const { pixelHash } = await database().slice.findUniqueOrThrow({ where: { id: sliceIds[0]! } });
    const model = await makeModel("CANDIDATE");
    const rejected = await makeModel("REJECTED");
    const run = await database().trainingRun.create({ data: { parameters: {}, seed: 1, cohort: "REAL" } });
    const base = model.baseSha256.slice(0, 16);
    const gone = randomBytes(32).toString("hex");
    const at = (pixels: string) => `${pixels.slice(0, 2)}/${pixels}`;
    const stay = [
      await oldDerived(`features/${base}-p1-f32/${at(pixelHash)}`),
      await oldDerived(`heatmaps/${model.artifactSha256.slice(0, 16)}-p1-v1/${at(pixelHash)}`),
      await oldDerived(`thumbnails/${pixelHash}-0-255.webp`),
      await oldDerived(`runs/${run.id}/checkpoint-0`),
      await oldDerived("features/of-another-layout/x1.bin"),
      await oldDerived(`features/${gone.slice(0, 16)}-p1-f32/${at(pixelHash)}`, keptDays.derived - 1),
    ];
    const go = [
      await oldDerived(`features/${gone.slice(0, 16)}-p1-f32/${at(pixelHash)}`.replace("f32", "f16")),
      await oldDerived(`features/${base}-p1-f32/${at(gone)}`),
      await oldDerived(`heatmaps/${rejected.artifactSha256.slice(0, 16)}-p1-v1/${at(pixelHash)}`),
      await oldDerived(`thumbnails/${gone}-0-255.webp`),
      await oldDerived(`runs/${randomUUID()}/head-1`),
      await oldDerived("checkpoints/1"),
    ];
    await mkdir(inData("graphs"), { recursive: true });
    await writeFile(inData(`graphs/${gone}-1.onnx`), "graph");
    await age(inData(`graphs/${gone}-1.onnx`), keptDays.derived + 1);
    expect((await collect()).derived.count).toBe(go.length + 1);
    expect(go.filter((file) => existsSync(file))).toEqual([]);
    expect(stay.filter((file) => !existsSync(file))).toEqual([]);
  });

  it("that a killed process left half-written goes after a day", async () => {
    const [old, young] = ["objects/ab/x.1.part", "derived/thumbnails/y.2.part"].map(inData);
    for (const file of [old!, young!]) {
      await mkdir(path.dirname(file), { recursive: true });
      await writeFile(file, "half");
    }
    await age(old!, keptDays.leftOver + 1);
    expect((await collect()).leftOvers).toEqual({ count: 1, bytes: 4 });
    expect([existsSync(old!), existsSync(young!)]).toEqual([false, true]);
  });
});

describe("predictions", () => {
  it("of a model go a month after its rejection; those of others stay", async () => {
    const { sliceIds } = await makeStudy("TCGA_CS_0001", [null, null]);
    const models = {
      long: await makeModel("REJECTED"),
      lately: await makeModel("REJECTED"),
      retired: await makeModel("RETIRED"),
    };
    const db = database();
    for (const { id } of Object.values(models))
      for (const sliceId of sliceIds)
        await db.prediction.create({
          data: { sliceId, modelId: id, pTumor: 0.9, predictedClass: "TUMOR", confidence: 0.9 },
        });
    const decide = (modelId: string, kind: "REJECTED" | "RETIRED", days: number) =>
      db.modelDecision.create({ data: { modelId, kind, reason: "r", createdAt: daysAgo(days) } });
    await decide(models.long.id, "REJECTED", keptDays.prediction + 1);
    await decide(models.lately.id, "REJECTED", keptDays.prediction - 1);
    await decide(models.retired.id, "RETIRED", 100);

    expect((await collect({ dryRun: true })).predictions).toBe(2);
    expect(await db.prediction.count()).toBe(6);
    expect((await collect()).predictions).toBe(2);
    expect(await db.prediction.count({ where: { modelId: models.long.id } })).toBe(0);
    expect(await db.prediction.count()).toBe(4);
  });
});

describe("counts of attempts", () => {
  it("go once their span is over", async () => {
    const at = (key: string, minutes: number) =>
      database()
        .$executeRaw`INSERT INTO "RateLimit" VALUES (${key}, 5, now() + make_interval(mins => ${minutes}::int))`;
    await at("over", -1);
    await at("under way", 1);
    expect((await collect({ dryRun: true })).limits).toBe(1);
    expect((await collect()).limits).toBe(1);
    expect(await database().rateLimit.findMany()).toMatchObject([{ key: "under way" }]);
  });
});

describe("the collection", () => {
  it("is for admins, and recorded with what it removed", async () => {
    await expect(collectUnused(await makeActor("REVIEWER"), { dryRun: true })).rejects.toMatchObject({
      kind: "forbidden",
    });
    await oldObject();
    const recorded = () =>
      database().auditEvent.findMany({ where: { action: "system.collected" }, orderBy: { id: "desc" } });
    const before = await recorded();
    await collect({ dryRun: true });
    expect(await recorded()).toHaveLength(before.length);
    await collect();
    const [event, ...earlier] = await recorded();
    expect(earlier).toHaveLength(before.length);
    expect(event!.detail).toMatchObject({ objects: { count: 1, bytes: 100 }, dryRun: false });
  });

  it("waits at most once, however many workers ask for it", async () => {
    const ids = await Promise.all([1, 2, 3].map(enqueueCollection));
    expect(new Set(ids).size).toBe(1);
    expect(await database().job.findMany()).toMatchObject([
      { kind: collectUnusedJob.kind, status: "WAITING" },
    ]);
  });

  it("leaves nothing moved aside", async () => {
    await oldObject();
    await collect({ most: true });
    const names = await readdir(inData("objects"), { recursive: true });
    expect(names.filter((name) => name.endsWith(".removed"))).toEqual([]);
  });
});
