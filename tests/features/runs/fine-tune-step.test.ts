import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { registeredBase } from "@/lib/features/bases/registered-base";
import { beginStep } from "@/lib/features/runs/begin-step";
import { findRun } from "@/lib/features/runs/find-run";
import { fineTunedBase } from "@/lib/features/runs/fine-tuned-base";
import { finishFineTune } from "@/lib/features/runs/finish-fine-tune";
import { finishStep } from "@/lib/features/runs/finish-step";
import { recordWork } from "@/lib/features/runs/record-phase";
import { requestTraining } from "@/lib/features/runs/request-training";
import { baseEpochs, RequestTraining } from "@/lib/features/runs/schema";
import { trainingOutlook } from "@/lib/features/runs/training-outlook";
import { takeSnapshot } from "@/lib/features/snapshots/take-snapshot";
import { database, disconnect } from "@/lib/platform/database";
import { systemActor } from "@/lib/records/access";
import { emptyDatabase, makeBase, makeStudy } from "../../support/factories";

let parent: string;
const child = "b".repeat(64);

beforeEach(async () => {
  await emptyDatabase();
  await database().workerProcess.deleteMany();
  parent = await makeBase({ seenPatients: ["seen-by-parent"] });
  for (let patient = 0; patient < 5; patient++)
    await makeStudy(`PHANTOM_XX_${patient}`, [true, false], { cohort: "PHANTOM" });
});
afterAll(disconnect);

const steps = (runId: string, kind: string) =>
  database().trainingStep.findMany({ where: { runId, kind }, orderBy: { index: "asc" } });

/** A run whose snapshot is taken; on its parent every slice has features. */
async function afterSnapshot(parameters: NonNullable<RequestTraining["parameters"]>) {
  const run = await requestTraining(
    systemActor,
    RequestTraining.parse({ cohort: "PHANTOM", parameters: { heads: 2, baseSha256: parent, ...parameters } }),
  );
  const name = { runId: run.runId, kind: "take-snapshot", index: 0 };
  await beginStep(name, "hal, process 1");
  await takeSnapshot(run.runId, []);
  await finishStep(name, { chunks: [], heads: 2 });
  return run;
}

const newBase = (runId: string) => ({
  sha256: child,
  name: "child",
  parentSha256: parent,
  runId,
  seenPatients: ["of-this-run"],
  outputs: ["features", "mask", "gap"] as const,
  card: { kind: "fine-tuned" },
});

const learned = {
  code: "base-fine-tuned",
  epochs: 3,
  bestEpoch: 2,
  lossBefore: 0.7,
  lossAfter: 0.6,
} as const;

describe("a run whose base learns", () => {
  it("fine-tunes it after the snapshot and before anything is embedded", async () => {
    const { runId } = await afterSnapshot({ backbone: "last-stage", backboneEpochs: 7 });
    expect(await steps(runId, "fine-tune-base")).toHaveLength(1);
    expect(await steps(runId, "fit-head")).toEqual([]);
    const run = await findRun(systemActor, { runId });
    expect(run).toMatchObject({ phase: "fine-tune", parameters: { backbone: "last-stage" } });
    expect(run.steps.at(-1)).toMatchObject({ kind: "fine-tune-base", phase: "fine-tune", total: 7 });
  });

  it("then stands on the new base, which has seen the run's patients and its parent's", async () => {
    const { runId } = await afterSnapshot({ backbone: "all" });
    const name = { runId, kind: "fine-tune-base", index: 0 };
    expect(await fineTunedBase(runId)).toBeNull();
    const chunks = [
      { first: 0, count: 6 },
      { first: 6, count: 4 },
    ];
    expect(await finishFineTune(name, { base: newBase(runId), chunks, heads: 3, note: learned })).toBe(true);
    expect(await finishFineTune(name, { base: newBase(runId), chunks, heads: 3, note: learned })).toBe(true);

    expect(await fineTunedBase(runId)).toBe(child);
    expect(await registeredBase(child)).toMatchObject({
      parentSha256: parent,
      runId,
      seenPatients: ["of-this-run", "seen-by-parent"],
    });
    // Every slice is embedded again, though each had its parent's features.
    expect((await steps(runId, "embed-chunk")).map(({ input }) => input)).toEqual(chunks);
    const run = await findRun(systemActor, { runId });
    expect(run.phase).toBe("embed");
    expect(run.notes.filter(({ code }) => code === "base-fine-tuned")).toEqual([learned]);
    expect(await database().auditEvent.count({ where: { action: "base.fine-tuned" } })).toBe(1);
  });

  it("goes on with the parent where the new base is no better", async () => {
    const { runId } = await afterSnapshot({ backbone: "all" });
    await finishFineTune(
      { runId, kind: "fine-tune-base", index: 0 },
      { base: null, chunks: [], heads: 2, note: { code: "base-no-better", epochs: 2, loss: 0.7 } },
    );
    expect(await fineTunedBase(runId)).toBeNull();
    expect(await database().base.count()).toBe(1);
    expect(await steps(runId, "fit-head")).toHaveLength(2);
  });

  it("keeps nothing of it once the run is to stop", async () => {
    const { runId, jobId } = await afterSnapshot({ backbone: "all" });
    await database().job.update({ where: { id: jobId }, data: { cancelRequestedAt: new Date() } });
    const name = { runId, kind: "fine-tune-base", index: 0 };
    expect(await finishFineTune(name, { base: newBase(runId), chunks: [], heads: 2, note: learned })).toBe(
      false,
    );
    expect(await database().base.count()).toBe(1);
  });

  it("shows the base's epochs beside the heads', not among them", async () => {
    const { runId } = await afterSnapshot({ backbone: "all" });
    const name = { runId, kind: "fine-tune-base", index: 0 };
    const epoch = { epoch: 1, trainLoss: 2, validationLoss: 1.5, validationAuc: 0.9, durationMs: 5 };
    await recordWork(name, { phase: "fine-tune", seconds: 3 }, { head: baseEpochs, ...epoch });
    const run = await findRun(systemActor, { runId });
    expect(run.epochs).toEqual([]);
    expect(run.baseEpochs).toEqual([{ head: baseEpochs, ...epoch }]);
    expect(run.secondsByPhase["fine-tune"]).toBe(3);
  });
});

it("a base without masks or class score cannot learn, and the run is refused when it is asked for", async () => {
  const bare = await makeBase({ outputs: ["features"] });
  const ask = (backbone: "all" | "frozen") =>
    requestTraining(
      systemActor,
      RequestTraining.parse({ cohort: "PHANTOM", parameters: { baseSha256: bare, backbone } }),
    );
  await expect(ask("all")).rejects.toMatchObject({ kind: "invalid", field: "backbone" });
  expect(await database().trainingRun.count()).toBe(0);
  await ask("frozen");
});

it("a run whose base stays passes over fine-tuning", async () => {
  const { runId } = await afterSnapshot({});
  expect(await steps(runId, "fine-tune-base")).toEqual([]);
  expect(await steps(runId, "fit-head")).toHaveLength(2);
});

describe("where a base could learn", () => {
  const outlook = async () => (await trainingOutlook(systemActor)).fineTuning;
  const worker = (backends?: { name: string; taken: boolean; reason: string }[], silentMs = 0) =>
    database().workerProcess.create({
      data: {
        id: crypto.randomUUID(),
        host: "hal",
        pid: 1,
        heartbeatAt: new Date(Date.now() - silentMs),
        capabilities: { cpus: 2, ...(backends && { machine: { backends } }) },
      },
    });
  const onCpu = [
    { name: "tfjs-node-gpu", taken: false, reason: "not installed" },
    { name: "webgpu", taken: false, reason: "no adapter" },
    { name: "wasm", taken: true, reason: "WebAssembly on the CPU, one thread" },
  ];

  it("is not known before a worker has said so", async () => {
    await worker();
    expect(await outlook()).toEqual({ gpu: null, backend: null, reasons: [] });
  });

  it("is nowhere where all workers run on their processor, with the reasons", async () => {
    await worker(onCpu);
    await worker(onCpu);
    await worker([{ name: "webgpu", taken: true, reason: "gone" }], 60_000);
    const reasons = ["tfjs-node-gpu: not installed", "webgpu: no adapter"];
    expect(await outlook()).toEqual({ gpu: false, backend: "wasm", reasons });
  });

  it("is on the worker that has a graphics processor", async () => {
    await worker(onCpu);
    await worker([{ name: "webgpu", taken: true, reason: "a device" }]);
    expect(await outlook()).toEqual({ gpu: true, backend: "webgpu", reasons: [] });
  });
});
