import { afterAll, beforeEach, it, vi } from "vitest";
import { appendRunLog } from "@/lib/features/runs/append-run-log";
import { beginStage } from "@/lib/features/runs/begin-stage";
import { beginStep } from "@/lib/features/runs/begin-step";
import { endRun } from "@/lib/features/runs/end-run";
import { findRun } from "@/lib/features/runs/find-run";
import { fineTunedBase } from "@/lib/features/runs/fine-tuned-base";
import { fineTuningOutlook } from "@/lib/features/runs/fine-tuning-outlook";
import { finishFineTune } from "@/lib/features/runs/finish-fine-tune";
import { finishRun } from "@/lib/features/runs/finish-run";
import { finishStep } from "@/lib/features/runs/finish-step";
import { listRuns } from "@/lib/features/runs/list-runs";
import { readFittedHeads } from "@/lib/features/runs/read-fitted-heads";
import { readRunLog } from "@/lib/features/runs/read-run-log";
import { beginPhase, recordBackend, recordPhase, recordWork } from "@/lib/features/runs/record-phase";
import { requestTraining } from "@/lib/features/runs/request-training";
import { RequestTraining } from "@/lib/features/runs/schema";
import { trainingOutlook } from "@/lib/features/runs/training-outlook";
import { takeSnapshot } from "@/lib/features/snapshots/take-snapshot";
import { database, disconnect, transaction } from "@/lib/platform/database";
import { systemActor } from "@/lib/records/access";
import { expectSql } from "../../support/committed-sql";
import { emptyDatabase, makeBase, makeModel, makeStudy, someMetrics } from "../../support/factories";
import { makeWorkerRow, randomHash } from "../../support/sql-world";

vi.mock("@/lib/records/access", () => import("../../support/narrow-scope/access"));
vi.mock("@/lib/records/patient-scope", () => import("../../support/narrow-scope/patient-scope"));

beforeEach(async () => {
  await emptyDatabase();
  for (let patient = 0; patient < 5; patient++) await makeStudy(`REAL_XX_${patient}`, [true, false]);
});
afterAll(disconnect);

const worker = "hal, process 1";
const request = (parameters = {}) =>
  requestTraining(systemActor, RequestTraining.parse({ cohort: "REAL", parameters }));

/** A run whose snapshot is taken: two chunks wait. */
async function startedRun() {
  const run = await request();
  const snapshot = { runId: run.runId, kind: "take-snapshot", index: 0 };
  const snapshotId = await takeSnapshot(run.runId, []);
  await finishStep(snapshot, { chunks: [0, 5].map((first) => ({ first, count: 5 })), heads: 2 });
  return { ...run, snapshotId };
}

it("requestTraining and beginStage", async () => {
  await makeModel("PRODUCTION");
  await expectSql("runs/request-training", () => request());
  const run = await database().trainingRun.findFirstOrThrow();
  await database().trainingStep.deleteMany();
  await expectSql("runs/begin-stage", () =>
    transaction((db) => beginStage(db, { ...run, jobId: run.jobId! }, null)),
  );
});
it("beginStep and finishStep", async () => {
  const { runId } = await startedRun();
  const chunk = (index: number) => ({ runId, kind: "embed-chunk", index });
  await expectSql("runs/begin-step", {
    "one of several": () => beginStep(chunk(0), worker),
    "a run's first": () => beginStep({ runId, kind: "take-snapshot", index: 0 }, worker),
  });
  await expectSql("runs/finish-step", {
    "others are left": () => finishStep(chunk(0)),
    "the last of its stage": () => finishStep(chunk(1)),
    "the same again": () => finishStep(chunk(1)),
  });
});
it("finishFineTune and fineTunedBase", async () => {
  const parentSha256 = await makeBase();
  const { runId } = await request({ backbone: "all", baseSha256: parentSha256 });
  await finishStep({ runId, kind: "take-snapshot", index: 0 }, { chunks: [], heads: 2 });
  const base = {
    ...{ sha256: randomHash(), name: "a fine-tuned base", parentSha256, runId, seenPatients: [randomHash()] },
    ...{ outputs: ["features"] as const, card: { made: "here" } },
  };
  const note = { code: "base-no-better", epochs: 1, loss: 0.7 } as const;
  const outcome = { base, chunks: [{ first: 0, count: 10 }], heads: 2, note };
  await expectSql("runs/finish-fine-tune", () =>
    finishFineTune({ runId, kind: "fine-tune-base", index: 0 }, outcome),
  );
  await expectSql("runs/fine-tuned-base", () => fineTunedBase(runId));
});
it("finishRun", async () => {
  const { runId, snapshotId } = await startedRun();
  const { id: modelId, baseSha256 } = await makeModel("PRODUCTION");
  const model = {
    ...{ artifactSha256: randomHash(), baseSha256, cohort: "REAL" as const, threshold: 0.5, temperature: 1 },
    ...{ patients: { train: [randomHash()], test: [randomHash()] }, card: {}, runId },
  };
  const scored = { metrics: someMetrics, production: { modelId, metrics: someMetrics, differences: {} } };
  await expectSql("runs/finish-run", () =>
    finishRun({ runId, kind: "finish-model", index: 0 }, snapshotId, model, scored as never),
  );
});
it("endRun", async () => {
  const { runId } = await request();
  await expectSql("runs/end-run", () => endRun(runId, "FAILED", { code: "disk-full" }));
});
it("findRun, listRuns, readFittedHeads and readRunLog", async () => {
  const { runId } = await startedRun();
  for (let index = 0; index < 2; index++) await finishStep({ runId, kind: "embed-chunk", index });
  for (let index = 0; index < 2; index++)
    await finishStep({ runId, kind: "fit-head", index }, { sha256: randomHash() });
  await database().trainingRun.create({ data: { parameters: {}, seed: 1, cohort: "REAL" } });
  await makeModel("CANDIDATE", {
    runId: (await database().trainingRun.findFirstOrThrow({ where: { jobId: null } })).id,
  });
  await expectSql("runs/find-run", () => findRun(systemActor, { runId }));
  await expectSql("runs/list-runs", () => listRuns(systemActor));
  await expectSql("runs/read-fitted-heads", () => readFittedHeads(runId));
  await expectSql("runs/read-run-log", () => readRunLog(systemActor, { runId, last: 10 }));
});
it("trainingOutlook and fineTuningOutlook", async () => {
  for (let patient = 0; patient < 2; patient++)
    await makeStudy(`PHANTOM_XX_${patient}`, [true, false], { cohort: "PHANTOM" });
  await startedRun();
  await makeWorkerRow();
  await expectSql("runs/training-outlook", () => trainingOutlook(systemActor));
  await expectSql("runs/fine-tuning-outlook", () => fineTuningOutlook());
});
it("what a run records of itself", async () => {
  const { runId } = await startedRun();
  await expectSql("runs/append-run-log", () => appendRunLog(runId, worker, "Said"));
  const epoch = { head: 0, epoch: 1, trainLoss: 1, validationLoss: 1, validationAuc: null, durationMs: 1 };
  const step = { runId, kind: "embed-chunk", index: 0 };
  await expectSql("runs/record-phase", {
    recordPhase: () => transaction((db) => recordPhase(db, runId, "fit")),
    beginPhase: () => beginPhase(runId, "fit"),
    recordBackend: () => recordBackend(runId, {}),
    recordWork: () => recordWork(step, { phase: "fit", seconds: 1 }, epoch),
  });
});
