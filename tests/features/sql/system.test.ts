import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeEach, it, vi } from "vitest";
import { askExamination } from "@/lib/features/system/ask-examination";
import { cancelAnyJob } from "@/lib/features/system/cancel-any-job";
import { collectDerived, collectObjects } from "@/lib/features/system/collect-files";
import { collectPredictions } from "@/lib/features/system/collect-predictions";
import { collectUnused } from "@/lib/features/system/collect-unused";
import { collectUploads } from "@/lib/features/system/collect-uploads";
import { enqueueCollection } from "@/lib/features/system/jobs";
import { readHealth } from "@/lib/features/system/read-health";
import { readStatus } from "@/lib/features/system/read-status";
import { previewDemo, removeDemo } from "@/lib/features/system/remove-demo";
import { isExaminationAsked, storeMachineReport } from "@/lib/features/system/store-machine-report";
import { database, disconnect } from "@/lib/platform/database";
import { systemActor } from "@/lib/records/access";
import { expectSql } from "../../support/committed-sql";
import { makeStudy } from "../../support/factories";
import { machineReport } from "../../support/machine-report";
import { makeJob, makeSqlWorld, makeWorkerRow, type SqlWorld } from "../../support/sql-world";

vi.mock("@/lib/records/access", () => import("../../support/narrow-scope/access"));
vi.mock("@/lib/records/patient-scope", () => import("../../support/narrow-scope/patient-scope"));

let world: SqlWorld;
let workerId: string;
beforeEach(async () => {
  world = await makeSqlWorld();
  await makeWorkerRow();
  workerId = (await makeWorkerRow()).id;
});
afterAll(disconnect);

const settings = () => ({ now: new Date(), dryRun: false });

/** Rejected models whose predictions are old enough to go. */
async function rejectTwo() {
  for (const { id: modelId } of [world.candidate, world.compared]) {
    await database().model.update({ where: { id: modelId }, data: { state: "REJECTED" } });
    await database().modelDecision.create({
      data: { kind: "REJECTED", modelId, reason: "it misses more", createdAt: new Date("2020-01-01") },
    });
  }
}

it("askExamination", () => expectSql("system/ask-examination", () => askExamination(systemActor)));
it("cancelAnyJob", async () => {
  const { id: importId } = await database().import.create({
    data: { state: "IMPORTING", name: "set", path: "/set", uploaded: false },
  });
  const job = await makeJob("import-archive", "WAITING", { payload: { importId } });
  await expectSql("system/cancel-any-job", () => cancelAnyJob(systemActor, { jobId: job.id }));
});
it("what removes that which nothing uses", async () => {
  await expectSql("system/collect-files", {
    collectObjects: () => collectObjects({ ...settings(), most: false }),
    collectDerived: () => collectDerived(settings()),
  });
  await rejectTwo();
  await expectSql("system/collect-predictions", {
    "counted alone": () => collectPredictions({ dryRun: true }),
    removed: () => collectPredictions({ dryRun: false }),
  });
  for (let upload = 0; upload < 2; upload++)
    await database().import.create({
      data: {
        ...{ state: "UPLOADING", name: "set", path: "/set", uploaded: true },
        createdAt: new Date("2020-01-01"),
      },
    });
  await expectSql("system/collect-uploads", () => collectUploads(settings()));
  await expectSql("system/collect-unused", () => collectUnused(systemActor, { dryRun: false }));
});
it("enqueueCollection", () => expectSql("system/jobs", () => enqueueCollection()));
it("readHealth", async () => {
  const noMigrations = await mkdtemp(path.join(tmpdir(), "sulcus-migrations-"));
  await expectSql("system/read-health", () => readHealth(systemActor, noMigrations));
  await rm(noMigrations, { recursive: true });
});
it("readStatus", () => expectSql("system/read-status", () => readStatus(systemActor)));
it("removeDemo", async () => {
  for (const key of ["PHANTOM_01_0001", "PHANTOM_01_0002"])
    await makeStudy(key, [true, null], { cohort: "PHANTOM" });
  const { patients } = await previewDemo(systemActor);
  await expectSql("system/remove-demo", {
    previewDemo: () => previewDemo(systemActor),
    removeDemo: () => removeDemo(systemActor, { patients }),
  });
});
it("storeMachineReport", () =>
  expectSql("system/store-machine-report", {
    storeMachineReport: () => storeMachineReport(workerId, machineReport),
    isExaminationAsked: () => isExaminationAsked(workerId),
  }));
