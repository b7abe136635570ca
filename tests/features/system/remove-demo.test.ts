import { randomUUID } from "node:crypto";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { saveLabel } from "@/lib/features/labels/save-label";
import { requestTraining } from "@/lib/features/runs/request-training";
import { RequestTraining } from "@/lib/features/runs/schema";
import { takeSnapshot } from "@/lib/features/snapshots/take-snapshot";
import { demoDomain } from "@/lib/features/system/demo-schema";
import { previewDemo, removeDemo } from "@/lib/features/system/remove-demo";
import { database, disconnect } from "@/lib/platform/database";
import type { Actor } from "@/lib/records/access";
import { systemActor } from "@/lib/records/access";
import { emptyDatabase, makeActor, makeModel, makePredictions, makeStudy } from "../../support/factories";

let admin: Actor;
let reader: Actor;
let real: Awaited<ReturnType<typeof makeStudy>>;
let model: Awaited<ReturnType<typeof makeModel>>;

beforeEach(async () => {
  await emptyDatabase();
  [admin, reader] = [await makeActor("ADMIN"), await makeActor("READER")];
  for (const role of ["ADMIN", "READER"] as const)
    await database().user.create({
      data: { email: `${role.toLowerCase()}${demoDomain}`, name: "Demo", role, passwordHash: "-" },
    });
  real = await makeStudy("TCGA_CS_0001", [true, false]);
  model = await makeModel("PRODUCTION");
  await makePredictions(model, [[real.sliceIds[0]!, 0.6, 3]]);
  await label(real.sliceIds[1]!, model.id);
});
afterAll(disconnect);

async function label(sliceId: string, modelId: string | null) {
  const predicted = await database().prediction.count({ where: { sliceId } });
  await saveLabel(reader, {
    sliceId,
    basedOn: 1,
    saveId: randomUUID(),
    modelId: predicted ? modelId : null,
    labelClass: "TUMOR",
    act: "state",
    mask: "none",
  });
}

/** Phantoms with labels, predictions, a draft, and a run that froze them and made a candidate. */
async function makeDemo() {
  const phantoms = [];
  for (let index = 0; index < 4; index++)
    phantoms.push(await makeStudy(`PHANTOM_01_000${index}`, [true, false, null], { cohort: "PHANTOM" }));
  const first = phantoms[0]!;
  await makePredictions(model, [[first.sliceIds[0]!, 0.4, 3]]);
  await label(first.sliceIds[1]!, model.id);
  await database().draft.create({
    data: {
      id: randomUUID(),
      sliceId: first.sliceIds[2]!,
      authorId: reader.id!,
      basedOn: 0,
      revision: 1,
      strokes: [],
      done: 0,
    },
  });
  const { runId, jobId } = await requestTraining(systemActor, RequestTraining.parse({ cohort: "PHANTOM" }));
  await takeSnapshot(runId, []);
  await database().job.update({ where: { id: jobId }, data: { status: "DONE" } });
  const candidate = await makeModel("CANDIDATE", { cohort: "PHANTOM", runId });
  return { candidate, runId, jobId };
}

describe("removing the demo", () => {
  it("says before what goes, then removes it and leaves real patients as they are", async () => {
    const { candidate, runId } = await makeDemo();
    const kept = () =>
      Promise.all([
        database().patient.findMany({ where: { cohort: "REAL" } }),
        database().label.findMany({
          where: { slice: { study: { cohort: "REAL" } } },
          orderBy: { id: "asc" },
        }),
        database().prediction.findMany({ where: { slice: { study: { cohort: "REAL" } } } }),
        database().flag.findMany({ where: { cohort: "REAL" } }),
        database().study.findMany({ where: { cohort: "REAL" } }),
      ]);
    const before = await kept();
    const contents = await previewDemo(admin);
    expect(contents).toEqual({
      patients: 4,
      slices: 12,
      peoplesLabels: 1,
      drafts: 1,
      candidates: 1,
      accounts: [`admin${demoDomain}`, `reader${demoDomain}`],
      refusals: [],
    });
    await removeDemo(admin, { patients: 4 });

    expect(await kept()).toEqual(before);
    expect(await database().patient.count({ where: { cohort: "PHANTOM" } })).toBe(0);
    expect(await database().slice.count()).toBe(2);
    expect(await database().snapshot.count()).toBe(0);
    expect(await database().draft.count()).toBe(0);
    expect(await database().model.findUnique({ where: { id: candidate.id } })).toMatchObject({
      state: "RETIRED",
    });
    expect(await database().trainingRun.findUnique({ where: { id: runId } })).toMatchObject({
      snapshotId: null,
    });
    expect(await database().user.count({ where: { deactivatedAt: { not: null } } })).toBe(2);
    expect(await database().auditEvent.findFirst({ where: { action: "demo.removed" } })).toMatchObject({
      actorId: admin.id,
      detail: { patients: 4, slices: 12 },
    });
    expect(await previewDemo(admin)).toMatchObject({ patients: 0, accounts: [] });
    // What is append-only is so again.
    await expect(database().label.deleteMany()).rejects.toThrow();
  });

  it("is refused to others, with another number than was shown, and while it would break something", async () => {
    const { jobId } = await makeDemo();
    for (const actor of [reader, await makeActor("REVIEWER")]) {
      await expect(previewDemo(actor)).rejects.toMatchObject({ kind: "forbidden" });
      await expect(removeDemo(actor, { patients: 4 })).rejects.toMatchObject({ kind: "forbidden" });
    }
    await expect(removeDemo(admin, { patients: 3 })).rejects.toMatchObject({ kind: "conflict" });
    await database().job.update({ where: { id: jobId }, data: { status: "RUNNING" } });
    expect((await previewDemo(admin)).refusals).toEqual(["job-under-way"]);
    await expect(removeDemo(admin, { patients: 4 })).rejects.toMatchObject({ kind: "conflict" });
    await database().job.update({ where: { id: jobId }, data: { status: "DONE" } });
    await database().model.update({ where: { id: model.id }, data: { state: "RETIRED" } });
    await makeModel("PRODUCTION", { cohort: "PHANTOM" });
    expect((await previewDemo(admin)).refusals).toEqual(["phantom-model-in-production"]);
    await expect(removeDemo(admin, { patients: 4 })).rejects.toMatchObject({ kind: "conflict" });
    expect(await database().patient.count({ where: { cohort: "PHANTOM" } })).toBe(4);
  });

  it("keeps the account of who asks, and the last admin's", async () => {
    await makeDemo();
    const demoAdmin = await database().user.findUniqueOrThrow({ where: { email: `admin${demoDomain}` } });
    await database().user.update({ where: { id: admin.id! }, data: { deactivatedAt: new Date() } });
    const asked = { id: demoAdmin.id, email: demoAdmin.email, name: demoAdmin.name, role: demoAdmin.role };
    expect((await previewDemo(asked)).accounts).toEqual([`reader${demoDomain}`]);
    expect((await previewDemo(systemActor)).accounts).toEqual([`reader${demoDomain}`]);
  });
});
