import { randomUUID } from "node:crypto";
import { afterAll, beforeEach, describe, expect, it, vi } from "vitest";
import { saveLabel } from "@/lib/features/labels/save-label";
import { findLineage } from "@/lib/features/lineage/find-lineage";
import { labelUses } from "@/lib/features/lineage/label-uses";
import { readersInModels } from "@/lib/features/lineage/readers-in-models";
import { requestTraining } from "@/lib/features/runs/request-training";
import { RequestTraining } from "@/lib/features/runs/schema";
import { findSnapshot } from "@/lib/features/snapshots/find-snapshot";
import { listSnapshotItems } from "@/lib/features/snapshots/list-snapshot-items";
import { ListSnapshotItems } from "@/lib/features/snapshots/schema";
import { takeSnapshot } from "@/lib/features/snapshots/take-snapshot";
import { verifySnapshot } from "@/lib/features/snapshots/verify-snapshot";
import { database, disconnect, transaction } from "@/lib/platform/database";
import { type Actor, systemActor } from "@/lib/records/access";
import { emptyDatabase, makeActor, makeModel, makePredictions, makeStudy } from "../../support/factories";
import { hidden } from "../../support/hidden-patients";

vi.mock("@/lib/records/access", async (original) =>
  (await import("../../support/hidden-patients")).accessWithHidden(await original<object>()),
);
vi.mock(
  "@/lib/records/patient-scope",
  async () => (await import("../../support/hidden-patients")).scopeWithHidden,
);

let ana: Actor;
let ben: Actor;
let studies: Awaited<ReturnType<typeof makeStudy>>[];

/** Eight patients with a study of tumor, no tumor, and an unlabelled slice. */
beforeEach(async () => {
  hidden.patientIds = [];
  await emptyDatabase();
  [ana, ben] = [await makeActor("READER"), await makeActor("READER")];
  studies = [];
  for (let index = 0; index < 8; index++)
    studies.push(await makeStudy(`TCGA_CS_${1000 + index}`, [true, false, null]));
});
afterAll(disconnect);

const sliceOf = (study: number, slice: number) => studies[study]!.sliceIds[slice]!;

async function label(actor: Actor, sliceId: string, labelClass: "TUMOR" | "NO_TUMOR" | "CANNOT_TELL") {
  const basedOn = await database().label.count({ where: { sliceId } });
  const reason = labelClass === "CANNOT_TELL" ? ("ARTEFACT" as const) : undefined;
  return saveLabel(actor, {
    sliceId,
    basedOn,
    saveId: randomUUID(),
    modelId: null,
    act: "state",
    mask: "none",
    labelClass,
    reason,
  });
}

/** A finished run with the model that it made. */
async function train(change: { parentId?: string } = {}) {
  const { runId, jobId, number } = await requestTraining(systemActor, RequestTraining.parse({}));
  const snapshotId = await takeSnapshot(runId, []);
  await database().job.update({ where: { id: jobId }, data: { status: "DONE" } });
  const model = await makeModel("CANDIDATE", { runId, ...change });
  return { runId, number, snapshotId, model };
}

const itemsOf = (snapshotId: string, query: object = {}) =>
  listSnapshotItems(ana, ListSnapshotItems.parse({ snapshotId, ...query }));

describe("a snapshot's page", () => {
  it("counts split, labels by who stated them, context, and what has changed since", async () => {
    await label(ana, sliceOf(0, 0), "NO_TUMOR");
    await label(ben, sliceOf(1, 1), "TUMOR");
    const newest = await label(ben, sliceOf(2, 1), "TUMOR");
    const { snapshotId, runId, number, model } = await train();
    const at = await database().label.findUniqueOrThrow({ where: { id: newest.id } });

    const before = await findSnapshot(ana, { snapshotId });
    expect(before).toMatchObject({
      studies: 8,
      labelledSlices: 16,
      contextSlices: 8,
      newestLabelAt: at.createdAt,
      since: { changed: 0, changedClass: 0, contextLabelled: 0 },
      hiddenPatients: 0,
      runs: [{ id: runId, number, model: { id: model.id, number: model.number, state: "CANDIDATE" } }],
    });
    expect(before.labels).toEqual([
      { source: "IMPORTED", readerId: null, readerName: null, labels: 13 },
      { source: "HUMAN", readerId: ben.id, readerName: ben.name, labels: 2 },
      { source: "HUMAN", readerId: ana.id, readerName: ana.name, labels: 1 },
    ]);
    expect(before.split.map((part) => part.patients).reduce((a, b) => a + b)).toBe(8);
    expect(before.split.map((part) => part.tumorSlices).reduce((a, b) => a + b)).toBe(9);
    expect(before.patients).toHaveLength(8);
    expect(before.patients[2]).toMatchObject({ key: "TCGA_CS_1002", slices: 2, tumorSlices: 2 });

    await label(ana, sliceOf(3, 0), "NO_TUMOR"); // another class
    await label(ana, sliceOf(4, 0), "TUMOR"); // the same class in a new version
    await label(ana, sliceOf(5, 0), "CANNOT_TELL"); // falls out
    await label(ana, sliceOf(6, 2), "TUMOR"); // a neighbour that is usable now
    await label(ana, sliceOf(7, 2), "CANNOT_TELL"); // a neighbour that stays one
    const { since } = await findSnapshot(ana, { snapshotId });
    expect(since).toEqual({ changed: 3, changedClass: 2, contextLabelled: 1 });
    expect((await itemsOf(snapshotId, { changed: "yes" })).rows).toMatchObject([
      { sliceId: sliceOf(3, 0), version: 1, newestVersion: 2 },
      { sliceId: sliceOf(4, 0), version: 1, newestVersion: 2 },
      { sliceId: sliceOf(5, 0), version: 1, newestVersion: 2 },
    ]);
  });

  it("lists its items by patient, split, source and reader, a page at a time", async () => {
    await makeStudy("TCGA_DU_0001", Array(60).fill(true));
    await label(ben, sliceOf(1, 1), "TUMOR");
    const { snapshotId } = await train();
    const first = await itemsOf(snapshotId);
    expect(first).toMatchObject({ total: 76, previous: null });
    const second = await itemsOf(snapshotId, { page: first.next! });
    expect(second.rows).toHaveLength(26);
    expect(second.next).toBeNull();
    expect(new Set([...first.rows, ...second.rows].map((row) => row.sliceId)).size).toBe(76);
    expect(await itemsOf(snapshotId, { page: second.previous! })).toEqual(first);
    await expect(itemsOf(snapshotId, { page: "aW10" })).rejects.toMatchObject({ kind: "invalid" });
    expect(await itemsOf(snapshotId, { search: "nobody" })).toEqual({
      rows: [],
      total: 0,
      previous: null,
      next: null,
    });

    expect((await itemsOf(snapshotId, { search: "du_0001" })).total).toBe(60);
    const { split } = await findSnapshot(ana, { snapshotId });
    for (const part of split) {
      const list = await itemsOf(snapshotId, { split: part.split });
      expect(list.total).toBe(part.slices);
      expect(new Set(list.rows.map((row) => row.split))).toEqual(new Set([part.split]));
    }
    const human = {
      sliceId: sliceOf(1, 1),
      studyId: studies[1]!.studyId,
      position: 2,
      patientKey: "TCGA_CS_1001",
      version: 2,
      labelClass: "TUMOR",
      source: "HUMAN",
      authorName: ben.name,
      newestVersion: 2,
    };
    expect((await itemsOf(snapshotId, { source: "HUMAN" })).rows).toMatchObject([human]);
    expect((await itemsOf(snapshotId, { readerId: ben.id })).rows).toMatchObject([human]);
    expect((await itemsOf(snapshotId, { readerId: ana.id })).total).toBe(0);
  });

  it("counts patients outside the reader's scope and does not name them or their slices", async () => {
    const { snapshotId } = await train();
    hidden.patientIds = [studies[0]!.patientId, studies[1]!.patientId];
    const view = await findSnapshot(ana, { snapshotId });
    expect(view).toMatchObject({ labelledSlices: 16, hiddenPatients: 2 });
    expect(view.patients).toHaveLength(6);
    const { rows, total } = await itemsOf(snapshotId);
    expect(total).toBe(12);
    expect(rows.map((row) => row.patientId)).not.toContain(studies[0]!.patientId);
  });

  it("is not there for an id that no snapshot has, and refused to a role that may not read models", async () => {
    const snapshotId = randomUUID();
    const stranger = { ...ana, role: "VISITOR" as Actor["role"] };
    const query = ListSnapshotItems.parse({ snapshotId });
    await expect(findSnapshot(ana, { snapshotId })).rejects.toMatchObject({ kind: "not-found" });
    await expect(listSnapshotItems(ana, query)).rejects.toMatchObject({ kind: "not-found" });
    await expect(verifySnapshot(ana, { snapshotId })).rejects.toMatchObject({ kind: "not-found" });
    await expect(findSnapshot(stranger, { snapshotId })).rejects.toMatchObject({ kind: "forbidden" });
    await expect(listSnapshotItems(stranger, query)).rejects.toMatchObject({ kind: "forbidden" });
    await expect(verifySnapshot(stranger, { snapshotId })).rejects.toMatchObject({ kind: "forbidden" });
    const sliceId = sliceOf(0, 0);
    await expect(labelUses(stranger, { sliceId })).rejects.toMatchObject({ kind: "forbidden" });
    await expect(readersInModels(stranger)).rejects.toMatchObject({ kind: "forbidden" });
    await expect(findLineage(stranger, { modelId: sliceId })).rejects.toMatchObject({ kind: "forbidden" });
  });
});

describe("a snapshot's hash", () => {
  /** What somebody could do past the product's rules. */
  const tamper = (statement: string, ...values: string[]) =>
    transaction(async (db) => {
      await db.$executeRawUnsafe("SET LOCAL session_replication_role = replica");
      await db.$executeRawUnsafe(statement, ...values);
    });

  it("holds for what was frozen, whatever is labelled and imported afterwards", async () => {
    const { snapshotId } = await train();
    await label(ana, sliceOf(3, 0), "NO_TUMOR");
    await label(ana, sliceOf(3, 2), "TUMOR");
    await makeStudy("TCGA_AA_0001", [true, null]);
    const { hash } = await findSnapshot(ana, { snapshotId });
    const check = { holds: true, recomputed: hash, items: 16, contextSlices: 8 };
    expect(await verifySnapshot(ana, { snapshotId })).toEqual(check);
  });

  it.each([
    ["a patient's split", `UPDATE "SnapshotItem" SET "split" = 'TRAIN' WHERE "split" = 'TEST'`],
    ["a label's class", `UPDATE "Label" SET "labelClass" = 'TUMOR' WHERE "labelClass" = 'NO_TUMOR'`],
    ["a mask", `UPDATE "Label" SET "maskSha256" = repeat('0', 64) WHERE "labelClass" = 'TUMOR'`],
    ["an item", `DELETE FROM "SnapshotItem" WHERE "split" = 'VALIDATION'`],
    ["the pixels of a slice", `UPDATE "Slice" SET "pixelHash" = repeat('0', 64) WHERE "position" = 1`],
    ["the pixels of a neighbour", `UPDATE "Slice" SET "pixelHash" = repeat('0', 64) WHERE "position" = 3`],
    ["a neighbour", `DELETE FROM "SnapshotContext" WHERE "index" = 16`],
    ["the neighbours' order", `UPDATE "SnapshotContext" SET "index" = 99 WHERE "index" = 16`],
  ])("no longer holds where somebody has changed %s past the rules", async (_, statement) => {
    const { snapshotId } = await train();
    expect(await verifySnapshot(ana, { snapshotId })).toMatchObject({ holds: true });
    await tamper(statement);
    const { hash } = await findSnapshot(ana, { snapshotId });
    const check = await verifySnapshot(ana, { snapshotId });
    expect(check.holds).toBe(false);
    expect(check.recomputed).not.toBe(hash);
  });

  it("holds for snapshots that were taken before there were context slices", async () => {
    const { snapshotId } = await train();
    // Slice, label, version, split a line, as it was then.
    const rows = await database().$queryRaw<{ hash: string }[]>`
      SELECT encode(sha256(convert_to(string_agg(
        concat_ws(' ', i."sliceId", i."labelId", l."version", i."split") || chr(10), ''
        ORDER BY pt."hashedKey", t."key", s."position"), 'UTF8')), 'hex') AS "hash"
      FROM "SnapshotItem" i JOIN "Label" l ON l."id" = i."labelId" JOIN "Slice" s ON s."id" = i."sliceId"
      JOIN "Study" t ON t."id" = s."studyId" JOIN "Patient" pt ON pt."id" = t."patientId"`;
    await tamper(`DELETE FROM "SnapshotContext"`);
    await tamper(`UPDATE "Snapshot" SET "hash" = $1`, rows[0]!.hash);
    expect(await verifySnapshot(ana, { snapshotId })).toEqual({
      holds: true,
      recomputed: rows[0]!.hash,
      items: 16,
      contextSlices: 0,
    });
    expect((await findSnapshot(ana, { snapshotId })).contextSlices).toBe(0);
    await tamper(`UPDATE "SnapshotItem" SET "split" = 'TRAIN' WHERE "split" = 'TEST'`);
    expect(await verifySnapshot(ana, { snapshotId })).toMatchObject({ holds: false });
  });
});

describe("lineage", () => {
  it("leads from a label version to the snapshots, runs and models that used it", async () => {
    const first = await train();
    const corrected = await label(ana, sliceOf(0, 0), "NO_TUMOR");
    const second = await train();
    const sliceId = sliceOf(0, 0);
    const imported = await database().label.findFirstOrThrow({ where: { sliceId, version: 1 } });
    const uses = await labelUses(ana, { sliceId });
    expect(uses.map(({ labelId, snapshotId }) => [labelId, snapshotId])).toEqual([
      [corrected.id, second.snapshotId],
      [imported.id, first.snapshotId],
    ]);
    expect(uses[0]!.runs).toEqual([
      {
        id: second.runId,
        number: second.number,
        model: { id: second.model.id, number: second.model.number, state: "CANDIDATE" },
      },
    ]);
    expect(uses[0]!.split).toBe(uses[1]!.split);
    hidden.patientIds = [studies[0]!.patientId];
    await expect(labelUses(ana, { sliceId })).rejects.toMatchObject({ kind: "not-found" });
  });

  it("leads from a model to its ancestors, its labels, and the models that learned from its accepted proposals", async () => {
    const shipped = await makeModel("PRODUCTION");
    await makePredictions(shipped, [[sliceOf(0, 1), 0.9, 3]]);
    await saveLabel(ana, {
      sliceId: sliceOf(0, 1),
      basedOn: 1,
      saveId: randomUUID(),
      modelId: shipped.id,
      act: "use-model",
      mask: "proposed",
      labelClass: "TUMOR",
    });
    const parent = await train({ parentId: shipped.id });
    const child = await train({ parentId: parent.model.id });
    const link = ({ id, number, state }: typeof shipped) => ({ id, number, state });

    const lineage = await findLineage(ana, { modelId: child.model.id });
    expect(lineage.snapshot?.id).toBe(child.snapshotId);
    expect(lineage.ancestors).toEqual([link(parent.model), link(shipped)]);
    expect(lineage.labels).toEqual([
      { source: "IMPORTED", readerId: null, readerName: null, labels: 15 },
      { source: "MODEL", readerId: ana.id, readerName: ana.name, labels: 1 },
    ]);
    expect(await findLineage(ana, { modelId: shipped.id })).toEqual({
      snapshot: null,
      labels: [],
      ancestors: [],
      descendants: [link(parent.model)],
      acceptedLabels: 1,
      learnedFromIt: [link(parent.model), link(child.model)],
    });
    await expect(findLineage(ana, { modelId: randomUUID() })).rejects.toMatchObject({ kind: "not-found" });
  });

  it("says which models learned from whose labels; a reader sees the own ones, an admin everybody's", async () => {
    const before = await train();
    const tested = await database().snapshotItem.findFirstOrThrow({
      where: { snapshotId: before.snapshotId, split: "TEST" },
    });
    const learned = await database().snapshotItem.findFirstOrThrow({
      where: { snapshotId: before.snapshotId, split: "TRAIN" },
    });
    await label(ana, tested.sliceId, "TUMOR");
    await label(ben, learned.sliceId, "TUMOR");
    const { model, snapshotId } = await train();
    const admin = await makeActor("ADMIN");
    expect(await readersInModels(admin)).toEqual([
      {
        readerId: ben.id,
        readerName: ben.name,
        models: [{ id: model.id, number: model.number, state: "CANDIDATE", snapshotId, labels: 1 }],
      },
    ]);
    expect(await readersInModels(ben)).toHaveLength(1);
    expect(await readersInModels(ana)).toEqual([]);
  });
});
