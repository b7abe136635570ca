import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readBaseCard } from "@/lib/engine/bases/base-network";
import { ensureInitialModel } from "@/lib/engine/classifier/initial-model";
import { runsOnCpu } from "@/lib/engine/fine-tune/fine-tune-cost";
import { pickBackend } from "@/lib/engine/tensors/backend";
import { registeredBase } from "@/lib/features/bases/registered-base";
import { beginPathImport } from "@/lib/features/imports/begin-path-import";
import { cancelJob } from "@/lib/features/jobs/cancel-job";
import { seenPatients } from "@/lib/features/models/seen-patients";
import { findRun } from "@/lib/features/runs/find-run";
import { fineTunedBase } from "@/lib/features/runs/fine-tuned-base";
import { readRunLog } from "@/lib/features/runs/read-run-log";
import { requestTraining } from "@/lib/features/runs/request-training";
import { RequestTraining } from "@/lib/features/runs/schema";
import { hashesOfPatients } from "@/lib/features/snapshots/hashes-of-patients";
import { database, disconnect } from "@/lib/platform/database";
import type { Progress } from "@/lib/platform/progress";
import { hasDerived } from "@/lib/platform/storage";
import type { Actor } from "@/lib/records/access";
import { makeActor } from "../support/factories";
import { copyPhantoms } from "../support/phantom-set";
import { runSteps } from "../support/run-steps";
import { endOfJob, killWorkers, startWorkerProcess, until } from "../support/worker-process";

/** A run that lets its base learn, on few slices of phantoms; its steps are done in this process. */

let archive: Awaited<ReturnType<typeof copyPhantoms>>;
let admin: Actor;
const onCpu = runsOnCpu((await pickBackend()).name);

beforeAll(async () => {
  const folder = await mkdtemp(path.join(tmpdir(), "sulcus-fine-tuned-run-"));
  archive = await copyPhantoms(folder, { patients: 3, every: 9 });
  await ensureInitialModel();
  admin = await makeActor("ADMIN");
  await startWorkerProcess();
  const { jobId } = await beginPathImport(admin, { file: archive.folder, cohort: "PHANTOM" });
  expect(await endOfJob(jobId)).toMatchObject({ status: "DONE" });
  await killWorkers();
}, 300_000);
afterAll(async () => {
  await disconnect();
  await rm(archive.folder, { recursive: true });
});

const parameters = {
  backbone: "last-stage",
  backboneEpochs: 2,
  backboneLearningRate: 1e-2, // hundredths of it in the two steps, which are the warm-up's first
  heads: 2,
  maxEpochs: 1,
} as const;

async function request(change: NonNullable<RequestTraining["parameters"]> = {}) {
  const input = RequestTraining.parse({ parameters: { ...parameters, ...change } });
  return requestTraining(admin, input);
}

const { signal } = new AbortController();
const said: Progress[] = [];
const context = {
  signal,
  log: () => {},
  progress: (_done: number, _total: number, doing?: Progress) => void (doing && said.push(doing)),
};

describe("a run whose base learns", { timeout: 590_000 }, () => {
  if (!onCpu) console.warn("skipped in part: there is a graphics processor here, so nothing is refused");

  it.skipIf(!onCpu)("fails on a processor, saying how long it would take", async () => {
    const { runId, jobId } = await request();
    await expect(runSteps(runId, context)).rejects.toMatchObject({
      said: { code: "fine-tuning-needs-gpu", seconds: expect.any(Number) },
    });
    expect(await findRun(admin, { runId })).toMatchObject({ phase: "fine-tune", baseEpochs: [] });
    await cancelJob(admin, { jobId });
    expect(await database().base.count()).toBe(1);
  });

  it("makes a base, embeds all slices with it, and a candidate that stands on it", async () => {
    const { runId } = await request({ forceCpu: true });
    await runSteps(runId, context);
    const run = await findRun(admin, { runId });
    expect(said).toContainEqual({
      ...{ code: "fine-tuning", scope: expect.any(String), epoch: 1, maxEpochs: 2 },
      ...{ slice: expect.any(Number), slices: expect.any(Number), slicesPerSecond: expect.any(Number) },
    });
    const shipped = await readBaseCard();
    const { snapshotId } = await database().trainingRun.findUniqueOrThrow({ where: { id: runId } });
    const split = await hashesOfPatients(snapshotId!);

    const { sha256: baseSha256 } = await database().base.findFirstOrThrow({ where: { runId } });
    const base = await registeredBase(baseSha256);
    expect(base.parentSha256).toBe(shipped.sha256);
    expect(base.seenPatients).toEqual(
      [...new Set([...shipped.seenPatients, ...split.train, ...split.validation])].sort(),
    );
    for (const patient of split.test) expect(base.seenPatients).not.toContain(patient);
    expect(base.card).toMatchObject({ parentSha256: shipped.sha256, epochs: 2 });

    const model = await database().model.findUniqueOrThrow({
      where: { runId },
      include: { evaluations: true },
    });
    expect(model.baseSha256).toBe(base.sha256);
    expect(await seenPatients(model.id)).toEqual(base.seenPatients);
    expect(model.evaluations).toHaveLength(1);

    expect(run.baseEpochs).toMatchObject([{ epoch: 1 }, { epoch: 2 }]);
    expect(run.base).toEqual({ sha256: base.sha256, name: base.name });
    expect(run.backboneRuns).toBe(archive.slices);
    expect(run.secondsByPhase["fine-tune"]).toBeGreaterThan(0);
    expect(run.notes).toContainEqual(expect.objectContaining({ code: "base-fine-tuned", epochs: 2 }));
    const log = (await readRunLog(admin, { runId, last: 200 })).lines.map(({ text }) => text).join("\n");
    expect(log).toMatch(/before: validation loss \d/);
  });

  it("killed in the middle goes on from its checkpoint to the same base, bit for bit", async () => {
    const { runId, jobId } = await request({ forceCpu: true });
    const undisturbed = await database().base.findFirstOrThrow({ where: { runId: { not: null } } });
    await startWorkerProcess();
    await until(
      async () => hasDerived(`runs/${runId}/checkpoint-base`),
      () => "the checkpoint of an epoch",
    );
    await killWorkers();
    expect(await fineTunedBase(runId)).toBeNull();
    await startWorkerProcess();
    await until(
      async () => (await fineTunedBase(runId)) !== null,
      () => "the fine-tuned base",
    );
    expect(await fineTunedBase(runId)).toBe(undisturbed.sha256);
    await cancelJob(admin, { jobId });
    await killWorkers();
    const { lines } = await readRunLog(admin, { runId, last: 200 });
    expect(lines.map(({ text }) => text).join("\n")).toMatch(/, after step \d$/m);
  });
});
