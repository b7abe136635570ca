import { randomUUID } from "node:crypto";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { registerBase } from "@/lib/features/bases/register-base";
import { cancelJob } from "@/lib/features/jobs/cancel-job";
import { saveLabel } from "@/lib/features/labels/save-label";
import { findRun } from "@/lib/features/runs/find-run";
import { requestTraining } from "@/lib/features/runs/request-training";
import { RequestTraining } from "@/lib/features/runs/schema";
import { isLabelled, readSnapshot } from "@/lib/features/snapshots/read-snapshot";
import { seenByAncestors } from "@/lib/features/snapshots/seen-by-ancestors";
import { takeSnapshot } from "@/lib/features/snapshots/take-snapshot";
import { database, disconnect, transaction } from "@/lib/platform/database";
import { systemActor } from "@/lib/records/access";
import { hashPatientKey } from "@/lib/records/hash-patient-key";
import {
  emptyDatabase,
  makeActor,
  makeBase,
  makeModel,
  makePredictions,
  makeStudy,
} from "../../support/factories";

beforeEach(emptyDatabase);
afterAll(disconnect);

const labelledSlices = async (id: string) => (await readSnapshot(id)).filter(isLabelled);
const contextSlices = async (id: string) => (await readSnapshot(id)).filter((slice) => !isLabelled(slice));

const request = (change = {}) => requestTraining(systemActor, RequestTraining.parse(change));

async function snapshotOf(change = {}, seen: string[] = []) {
  const { runId, jobId } = await request(change);
  const id = await takeSnapshot(runId, seen);
  await database().job.update({ where: { id: jobId }, data: { status: "DONE" } });
  const items = await database().snapshotItem.findMany({
    where: { snapshotId: id },
    include: { patient: true },
  });
  return { id, runId, items };
}

async function makePatients(count: number, cohort: "REAL" | "PHANTOM" = "REAL", prefix = "TCGA_CS") {
  for (let index = 0; index < count; index++)
    await makeStudy(`${prefix}_${1000 + index}`, [true, false], { cohort });
}

describe("a snapshot", () => {
  it("holds every patient whole in one split", async () => {
    await makePatients(10);
    const { items } = await snapshotOf();
    expect(items).toHaveLength(20);
    for (const item of items) {
      expect(
        items.filter((other) => other.patientId === item.patientId && other.split !== item.split),
      ).toEqual([]);
    }
    expect(new Set(items.map((item) => item.split))).toEqual(new Set(["TRAIN", "VALIDATION", "TEST"]));
  });

  it("never tests on a patient that the base or the production model has seen", async () => {
    await makePatients(10);
    const keys = Array.from({ length: 10 }, (_, index) => hashPatientKey(`TCGA_CS_${1000 + index}`));
    await makeModel("PRODUCTION", { seenPatients: keys.slice(4, 6) });
    const { items } = await snapshotOf({}, keys.slice(0, 4));
    const tested = items.filter((item) => item.split === "TEST").map((item) => item.patient.hashedKey);
    expect(tested.length).toBeGreaterThan(0);
    for (const key of keys.slice(0, 6)) expect(tested).not.toContain(key);
  });

  it("keeps each patient's split as the data grow", async () => {
    await makePatients(8);
    const first = await snapshotOf();
    await makePatients(8, "REAL", "TCGA_HT");
    const second = await snapshotOf();
    const before = new Map(first.items.map((item) => [item.patientId, item.split]));
    const kept = second.items.filter((item) => before.has(item.patientId));
    expect(kept).toHaveLength(16);
    for (const item of kept) expect(item.split).toBe(before.get(item.patientId));
  });

  it("never mixes real patients and phantoms", async () => {
    await makePatients(6);
    await makePatients(6, "PHANTOM", "PHANTOM_01");
    expect((await snapshotOf({ cohort: "PHANTOM" })).items.map((item) => item.patient.cohort)).not.toContain(
      "REAL",
    );
    expect((await snapshotOf()).items.map((item) => item.patient.cohort)).not.toContain("PHANTOM");
  });

  it("leaves out slices that nobody can tell, and takes the newest label", async () => {
    await makePatients(5);
    const reader = await makeActor("READER");
    const slices = await database().slice.findMany({ take: 2, orderBy: { fileName: "asc" } });
    const base = { basedOn: 1, modelId: null, act: "state" as const, mask: "none" as const };
    await saveLabel(reader, {
      ...base,
      sliceId: slices[0]!.id,
      saveId: randomUUID(),
      labelClass: "CANNOT_TELL",
    });
    const newest = await saveLabel(reader, {
      ...base,
      sliceId: slices[1]!.id,
      saveId: randomUUID(),
      labelClass: "TUMOR",
    });
    const { items } = await snapshotOf();
    expect(items.some((item) => item.sliceId === slices[0]!.id)).toBe(false);
    expect(items.find((item) => item.sliceId === slices[1]!.id)!.labelId).toBe(newest.id);
  });

  it("keeps the unlabelled and undecided slices of its studies as context, in order, and no others", async () => {
    await makePatients(5);
    const { sliceIds, patientId, studyId } = await makeStudy("TCGA_DU_0001", [null, true, null, false, true]);
    await makeStudy("TCGA_DU_0002", [null, null]);
    await saveLabel(await makeActor("READER"), {
      sliceId: sliceIds[3]!,
      basedOn: 1,
      saveId: randomUUID(),
      modelId: null,
      act: "state",
      mask: "none",
      labelClass: "CANNOT_TELL",
    });
    const { id } = await snapshotOf();
    const context = await contextSlices(id);
    expect(context.map(({ sliceId }) => sliceId)).toEqual([sliceIds[0], sliceIds[2], sliceIds[3]]);
    expect(context.map(({ position }) => position)).toEqual([1, 3, 4]);
    const { pixelHash, fileSha256 } = await database().slice.findUniqueOrThrow({
      where: { id: sliceIds[0]! },
    });
    expect(context[0]).toEqual({
      sliceId: sliceIds[0],
      patientId,
      hashedKey: hashPatientKey("TCGA_DU_0001"),
      studyId,
      position: 1,
      rows: 8,
      columns: 8,
      pixelHash,
      fileSha256,
    });
    const labelled = (await labelledSlices(id)).filter((slice) => slice.studyId === studyId);
    expect(labelled.map(({ sliceId, position }) => [sliceId, position])).toEqual([
      [sliceIds[1], 2],
      [sliceIds[4], 5],
    ]);
  });

  it("has no context where a study's patient is left out", async () => {
    await makePatients(8);
    const first = await snapshotOf();
    const tested = first.items.find((item) => item.split === "TEST")!;
    const study = await database().study.findFirstOrThrow({ where: { patientId: tested.patientId } });
    const { pixelHash, fileSha256 } = await database().slice.findFirstOrThrow();
    const { id: sliceId } = await database().slice.create({
      data: {
        studyId: study.id,
        position: 9,
        rows: 8,
        columns: 8,
        pixelHash,
        fileSha256,
        fileName: "unlabelled",
      },
    });
    const contextIn = async (id: string) => (await contextSlices(id)).map((slice) => slice.sliceId);
    expect(await contextIn((await snapshotOf()).id)).toEqual([sliceId]);
    expect(await contextIn((await snapshotOf({}, [tested.patient.hashedKey])).id)).toEqual([]);
  });

  it("says of each label who stated it", async () => {
    await makePatients(5);
    const reader = await makeActor("READER");
    const model = await makeModel("PRODUCTION");
    const [first, second, third] = await database().slice.findMany({ orderBy: { id: "asc" } });
    await makePredictions(model, [[second!.id, 0.9, 3]]);
    const change = { basedOn: 1, labelClass: "TUMOR" as const };
    await saveLabel(reader, {
      ...change,
      sliceId: first!.id,
      saveId: randomUUID(),
      modelId: null,
      act: "state",
      mask: "none",
    });
    await saveLabel(reader, {
      ...change,
      sliceId: second!.id,
      saveId: randomUUID(),
      modelId: model.id,
      act: "use-model",
      mask: "proposed",
    });
    const slices = await labelledSlices((await snapshotOf()).id);
    const sourceOf = (id: string) => slices.find((slice) => slice.sliceId === id)!.source;
    expect([first, second, third].map((slice) => sourceOf(slice!.id))).toEqual([
      "HUMAN",
      "MODEL",
      "IMPORTED",
    ]);
  });

  it("never tests on a patient that an ancestor lists, or that an ancestor's own run has learned from", async () => {
    await makePatients(20);
    const keys = Array.from({ length: 20 }, (_, index) => hashPatientKey(`TCGA_CS_${1000 + index}`));
    const before = await snapshotOf();
    const learned = [
      ...new Set(before.items.flatMap((item) => (item.split === "TEST" ? [] : [item.patient.hashedKey]))),
    ];
    const untouched = keys.filter((key) => !learned.includes(key));
    const [byGrandparent, byParent, byParentsBase, byBase, byBasesParent] = untouched;
    const oldBase = await makeBase({ seenPatients: [byParentsBase!] });
    const grandparent = await makeModel("RETIRED", { seenPatients: [byGrandparent!] });
    const parent = await makeModel("RETIRED", {
      seenPatients: [byParent!],
      parentId: grandparent.id,
      baseSha256: oldBase,
    });
    const firstBase = await makeBase({ seenPatients: [byBasesParent!] });
    // Made by a run whose patients its record does not list.
    const tuned = await transaction((db) =>
      registerBase(db, {
        sha256: "f".repeat(64),
        name: "tuned",
        parentSha256: firstBase,
        runId: before.runId,
        seenPatients: [],
        outputs: ["features"],
        card: { made: "for a test" },
      }),
    );

    const ofParent = { baseSeenPatients: [byBase!], baseSha256: null, parentId: parent.id };
    expect([...(await seenByAncestors(database(), ofParent))].sort()).toEqual(
      [byBase, byGrandparent, byParent, byParentsBase].sort(),
    );
    const ofBase = { baseSeenPatients: [byBase!], baseSha256: tuned, parentId: null };
    expect([...(await seenByAncestors(database(), ofBase))].sort()).toEqual(
      [byBase, byBasesParent, ...learned].sort(),
    );

    const { runId } = await request({ parameters: { baseSha256: tuned } });
    const id = await takeSnapshot(runId, [byBase!], parent.id);
    const tested = await database().snapshotItem.findMany({
      where: { snapshotId: id, split: "TEST" },
      include: { patient: true },
    });
    const testedKeys = new Set(tested.map(({ patient }) => patient.hashedKey));
    expect(testedKeys.size).toBe(untouched.length - 5);
    for (const key of untouched.slice(0, 5)) expect(testedKeys.has(key)).toBe(false);
    expect((await database().trainingRun.findUniqueOrThrow({ where: { id: runId } })).notes).toContainEqual({
      code: "left-out",
      patients: 5,
    });
  });

  it("is taken once, however often the job runs", async () => {
    await makePatients(5);
    const { runId } = await request();
    expect(await takeSnapshot(runId, [])).toBe(await takeSnapshot(runId, []));
    expect(await database().snapshot.count()).toBe(1);
  });

  it("gets another hash when a label changes", async () => {
    await makePatients(5);
    const first = await snapshotOf();
    const slice = (await database().slice.findFirst())!;
    await saveLabel(await makeActor("READER"), {
      sliceId: slice.id,
      basedOn: 1,
      saveId: randomUUID(),
      modelId: null,
      act: "state",
      mask: "none",
      labelClass: "TUMOR",
    });
    const second = await snapshotOf();
    const hashes = await database().snapshot.findMany({ where: { id: { in: [first.id, second.id] } } });
    expect(new Set(hashes.map((row) => row.hash)).size).toBe(2);
  });
});

describe("asking for training", () => {
  it("is refused while a run of the cohort is under way", async () => {
    await makePatients(3);
    await request();
    await expect(request()).rejects.toMatchObject({ kind: "conflict" });
    expect(await database().trainingRun.count()).toBe(1);
  });

  it("queues one run where two ask at once", async () => {
    await makePatients(3);
    await Promise.allSettled([request(), request(), request()]);
    expect(await database().trainingRun.count()).toBe(1);
  });

  it("settles the base then: the one asked for, else production's", async () => {
    await makePatients(3);
    const admin = await makeActor("ADMIN");
    const [first, second] = [await makeBase({ name: "first" }), await makeBase({ name: "second" })];
    const baseOfRun = async (parameters = {}) => {
      const { runId, jobId } = await requestTraining(admin, RequestTraining.parse({ parameters }));
      await cancelJob(admin, { jobId });
      const run = await findRun(admin, { runId });
      expect(run.parameters.baseSha256).toBe(run.base?.sha256);
      return run.base?.name ?? null;
    };
    expect(await baseOfRun()).toBe(null);
    await makeModel("PRODUCTION", { baseSha256: first });
    expect(await baseOfRun()).toBe("first");
    expect(await baseOfRun({ baseSha256: second })).toBe("second");
    await expect(baseOfRun({ baseSha256: "0".repeat(64) })).rejects.toMatchObject({ kind: "not-found" });
  });

  it("is refused without anything to learn from", async () => {
    await expect(request()).rejects.toMatchObject({ kind: "invalid" });
  });
});
