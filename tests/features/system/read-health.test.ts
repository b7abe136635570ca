import { randomUUID } from "node:crypto";
import { cp, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { registerBase } from "@/lib/features/bases/register-base";
import { askExamination } from "@/lib/features/system/ask-examination";
import { readHealth } from "@/lib/features/system/read-health";
import type { FindingPart } from "@/lib/features/system/schema";
import { isExaminationAsked, storeMachineReport } from "@/lib/features/system/store-machine-report";
import { database, disconnect, transaction } from "@/lib/platform/database";
import { env } from "@/lib/platform/env";
import { objectPath, putObject } from "@/lib/platform/storage";
import { systemActor } from "@/lib/records/access";
import { emptyDatabase, makeActor, makeModel } from "../../support/factories";
import { machineReport } from "../../support/machine-report";

const migrations = path.resolve(import.meta.dirname, "../../../prisma/migrations");

beforeEach(async () => {
  await emptyDatabase();
  await database().workerProcess.deleteMany();
});
afterAll(disconnect);

async function makeWorker(silentMs = 0): Promise<string> {
  const id = randomUUID();
  await database().workerProcess.create({
    data: {
      id,
      host: "reading-1",
      pid: 7,
      heartbeatAt: new Date(Date.now() - silentMs),
      capabilities: { cpus: 2 },
    },
  });
  return id;
}

async function stateOf(part: FindingPart["code"], folder = migrations) {
  const { findings } = await readHealth(systemActor, folder);
  return findings.find((finding) => finding.part.code === part);
}

describe("system health", () => {
  it("is for admins alone", async () => {
    for (const role of ["READER", "REVIEWER"] as const) {
      const actor = await makeActor(role);
      await expect(readHealth(actor, migrations)).rejects.toMatchObject({ kind: "forbidden" });
      await expect(askExamination(actor)).rejects.toMatchObject({ kind: "forbidden" });
    }
    expect((await readHealth(await makeActor("ADMIN"), migrations)).findings).not.toEqual([]);
  });

  it("finds the database, its schema and its clock good", async () => {
    expect((await stateOf("postgres"))?.says).toEqual({
      code: "database-answers",
      version: expect.stringMatching(/^1\d\.\d+$/),
    });
    expect(await stateOf("schema")).toMatchObject({ state: "good" });
    expect(await stateOf("clocks")).toMatchObject({ state: "good" });
  });

  it("names a migration that waits, and a database that is newer", async () => {
    const folder = await mkdtemp(path.join(tmpdir(), "sulcus-migrations-"));
    expect((await stateOf("schema", folder))?.says).toEqual({
      code: "schema-refused",
      cause: expect.stringMatching(/newer than this version/),
    });
    await cp(migrations, folder, { recursive: true });
    await mkdir(path.join(folder, "9_next"));
    await writeFile(path.join(folder, "9_next/migration.sql"), "SELECT 1");
    expect(await stateOf("schema", folder)).toMatchObject({
      state: "broken",
      says: { code: "migrations-pending", names: ["9_next"] },
    });
    await rm(folder, { recursive: true });
  });

  it("tells living workers from silent ones, and what waits from what is done", async () => {
    expect(await stateOf("workers")).toMatchObject({
      state: "broken",
      says: { code: "no-worker", dead: 0 },
    });
    await makeWorker(60_000);
    expect((await stateOf("workers"))?.says).toEqual({ code: "no-worker", dead: 1 });
    await makeWorker();
    expect((await stateOf("workers"))?.state).toBe("look");
    const createdAt = new Date(Date.now() - 5 * 60_000);
    await database().job.create({ data: { kind: "predict-slices", payload: {}, createdAt } });
    await database().job.create({
      data: {
        kind: "predict-slices",
        payload: {},
        status: "FAILED",
        finishedAt: new Date(),
        error: { code: "disk-full" },
      },
    });
    expect(await stateOf("queue")).toMatchObject({
      state: "broken",
      says: { code: "queue-holds", waiting: 1, running: 0, failed: 1 },
    });
  });

  it("holds the files of the bases and of the production model against their hashes", async () => {
    const baseSha256 = await putObject(new TextEncoder().encode(`base ${randomUUID()}`));
    const base = { sha256: baseSha256, name: "a base", parentSha256: null, runId: null, seenPatients: [] };
    await transaction((db) =>
      registerBase(db, { ...base, outputs: ["features"], card: { made: "for a test" } }),
    );
    const { number, artifactSha256 } = await makeModel("PRODUCTION", { baseSha256 });
    const [model, network] = ["model-in-production", "base"] as const;
    expect(await stateOf(model)).toMatchObject({ part: { number }, state: "good" });
    expect(await stateOf(network)).toMatchObject({ part: { name: base.name }, state: "good" });
    await writeFile(objectPath(artifactSha256), "something else");
    await rm(objectPath(baseSha256));
    expect(await stateOf(model)).toMatchObject({ state: "broken", says: { code: "file-damaged" } });
    expect(await stateOf(network)).toMatchObject({ state: "broken", says: { code: "file-missing" } });
  });

  it("gathers what each worker found on its machine, again when a person asks", async () => {
    const admin = await makeActor("ADMIN");
    await expect(askExamination(admin)).rejects.toMatchObject({ kind: "unavailable" });
    const id = await makeWorker();
    expect((await readHealth(admin, migrations)).machines).toMatchObject([
      { examinedAt: null, findings: [] },
    ]);

    await storeMachineReport(id, machineReport);
    const [machine] = (await readHealth(admin, migrations)).machines;
    expect(machine?.examinedAt).toBe(machineReport.examinedAt);
    expect(machine?.findings.map(({ part }) => part.code)).toContain("self-test");
    const { capabilities } = await database().workerProcess.findUniqueOrThrow({ where: { id } });
    expect(capabilities).toMatchObject({ cpus: 2 });

    expect(await isExaminationAsked(id)).toBe(false);
    expect(await askExamination(admin)).toEqual({ workers: 1 });
    expect(await isExaminationAsked(id)).toBe(true);
    // The earlier report stays until the new one is there.
    expect((await readHealth(admin, migrations)).machines[0]?.examinedAt).toBe(machineReport.examinedAt);
    await storeMachineReport(id, machineReport);
    expect(await isExaminationAsked(id)).toBe(false);
    expect(await isExaminationAsked(randomUUID())).toBe(false);
    await storeMachineReport(randomUUID(), machineReport); // of a worker that has ended
  });

  it("says that the database does not answer", async () => {
    const url = process.env.DATABASE_URL;
    await disconnect();
    const spy = Object.getOwnPropertyDescriptor(env, "databaseUrl")!;
    Object.defineProperty(env, "databaseUrl", {
      get: () => "postgresql://127.0.0.1:1/none",
      configurable: true,
    });
    const { worst, findings } = await readHealth(systemActor, migrations);
    Object.defineProperty(env, "databaseUrl", spy);
    await disconnect();
    expect(process.env.DATABASE_URL).toBe(url);
    expect(worst).toBe("broken");
    expect(findings).toMatchObject([
      {
        part: { code: "postgres" },
        state: "broken",
        says: { code: "database-silent", cause: expect.stringMatching(/.+/) },
      },
    ]);
  });
});
