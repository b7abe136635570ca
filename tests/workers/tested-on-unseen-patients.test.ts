import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { ensureInitialModel } from "@/lib/engine/classifier/initial-model";
import { findGate } from "@/lib/features/models/find-gate";
import { requestTraining } from "@/lib/features/runs/request-training";
import { RequestTraining } from "@/lib/features/runs/schema";
import { database, disconnect } from "@/lib/platform/database";
import { systemActor } from "@/lib/records/access";
import { tasks } from "@/workers/tasks";
import { importAt } from "../features/imports/small-set";
import { copyPhantoms } from "../support/phantom-set";
import { runSteps } from "../support/run-steps";
import { makeSecondModel } from "../support/second-model";

/** Another model takes production's place in the middle of a run, and has seen patients that the run tests on. */

let archive: Awaited<ReturnType<typeof copyPhantoms>>;
beforeAll(async () => {
  archive = await copyPhantoms(await mkdtemp(path.join(tmpdir(), "sulcus-unseen-")), { every: 6 });
  await ensureInitialModel();
  await importAt(archive.folder, "PHANTOM");
});
afterAll(async () => {
  await disconnect();
  await rm(archive.folder, { recursive: true });
});

const { signal } = new AbortController();
const context = { signal, log() {}, progress() {} };

/** A run's candidate, where before it is tested production becomes one that has seen `seen` of its test patients. */
async function candidateBeside(seen: (tested: string[]) => string[]) {
  const parameters = { maxEpochs: 1, heads: 2 };
  const { runId } = await requestTraining(
    systemActor,
    RequestTraining.parse({ cohort: "PHANTOM", parameters }),
  );
  await runSteps(runId, context, { before: "finish-model" });
  const { snapshotId, items, tested } = await testPatients(runId);
  const production = await promoteOneThatSaw(seen(tested));
  await runSteps(runId, context);
  const model = await database().model.findUniqueOrThrow({ where: { runId } });
  const evaluations = await database().evaluation.findMany({
    where: { snapshotId },
    include: { rows: { include: { patient: true } } },
    orderBy: { createdAt: "asc" },
  });
  return { model, production, items, tested, evaluations };
}

async function testPatients(runId: string) {
  const run = await database().trainingRun.findUniqueOrThrow({ where: { id: runId } });
  const snapshotId = run.snapshotId!;
  const items = await database().snapshotItem.findMany({
    where: { snapshotId, split: "TEST" },
    include: { patient: true },
  });
  return { snapshotId, items, tested: [...new Set(items.map(({ patient }) => patient.hashedKey))].sort() };
}

let shift = 0;
async function promoteOneThatSaw(patients: string[]) {
  const { id } = await makeSecondModel(++shift / 10, patients);
  await database().model.updateMany({ where: { state: "PRODUCTION" }, data: { state: "RETIRED" } });
  return database().model.update({ where: { id }, data: { state: "PRODUCTION" } });
}

const testedOn = (evaluation: { rows: { patient: { hashedKey: string } }[] }) =>
  evaluation.rows.map(({ patient }) => patient.hashedKey).sort();

it("a test patient that production has seen does not count, for neither of the two", async () => {
  const { model, production, items, tested, evaluations } = await candidateBeside((all) => all.slice(0, 1));
  expect(tested.length).toBeGreaterThan(1);
  const unseen = tested.slice(1);
  expect(evaluations.map(({ modelId }) => modelId).sort()).toEqual([model.id, production.id].sort());
  for (const evaluation of evaluations) {
    expect(testedOn(evaluation)).toEqual(unseen);
    expect(evaluation.patients).toBe(unseen.length);
    expect(evaluation.slices).toBe(items.filter(({ patient }) => unseen.includes(patient.hashedKey)).length);
  }
  expect((await findGate(systemActor, { modelId: model.id })).verdict).toMatchObject({
    patients: unseen.length,
  });
});

it("a candidate whose test patients production has all seen is tested alone, and the gate compares nothing", async () => {
  const { model, tested, evaluations } = await candidateBeside((all) => all);
  expect(evaluations.map(({ modelId, comparedWithId }) => [modelId, comparedWithId])).toEqual([
    [model.id, null],
  ]);
  expect(testedOn(evaluations[0]!)).toEqual(tested);
  expect((await findGate(systemActor, { modelId: model.id })).verdict).toMatchObject({
    outcome: "undecided",
    patients: 0,
  });
});

it("compared with another production model later, the two are tested on patients that neither has seen", async () => {
  const model = await database().model.findFirstOrThrow({
    where: { runId: { not: null } },
    orderBy: { number: "asc" },
  });
  const [seen, ...unseen] = (await testPatients(model.runId!)).tested;
  expect(unseen.length).toBeGreaterThan(0);
  const production = await promoteOneThatSaw([seen!]);
  await tasks.get("compare-model")!.run({ modelId: model.id }, { jobId: "none", ...context });
  const later = await database().evaluation.findMany({
    where: { OR: [{ comparedWithId: production.id }, { modelId: production.id }] },
    include: { rows: { include: { patient: true } } },
  });
  expect(later).toHaveLength(2);
  for (const evaluation of later) expect(testedOn(evaluation)).toEqual(unseen);
});
