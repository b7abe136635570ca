import { randomUUID } from "node:crypto";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { listLabels } from "@/lib/features/labels/list-labels";
import { readLabelMask } from "@/lib/features/labels/read-label-mask";
import { restoreLabel } from "@/lib/features/labels/restore-label";
import { saveLabel } from "@/lib/features/labels/save-label";
import type { RestoreLabel, SaveLabel } from "@/lib/features/labels/schema";
import { database, disconnect } from "@/lib/platform/database";
import { type Actor, systemActor } from "@/lib/records/access";
import { emptyDatabase, makeActor, makeStudy } from "../../support/factories";

let reader: Actor;
let sliceId: string;
let otherSliceId: string;
/** Version 1: tumor, with the imported mask of five pixels. */
let importedId: string;

beforeEach(async () => {
  await emptyDatabase();
  reader = await makeActor("READER");
  [sliceId, otherSliceId] = (await makeStudy("TCGA_CS_0001", [true, true])).sliceIds as [string, string];
  importedId = (await listLabels(reader, { sliceId }))[0]!.id;
});
afterAll(disconnect);

const save = (basedOn: number, change: Partial<SaveLabel> = {}) =>
  saveLabel(reader, {
    sliceId,
    basedOn,
    saveId: randomUUID(),
    modelId: null,
    labelClass: "NO_TUMOR",
    act: "state",
    mask: "none",
    ...change,
  });
const restore = (change: Partial<RestoreLabel> = {}, actor = reader) =>
  restoreLabel(actor, { sliceId, basedOn: 2, saveId: randomUUID(), labelId: importedId, ...change });

describe("restoring an earlier version", () => {
  it("adds a version with its class and mask, a person's, and says which it was", async () => {
    await save(1);
    const label = await restore({ note: "The border was right", readingMs: 1_500 });
    expect(label).toMatchObject({ version: 3, labelClass: "TUMOR", areaPixels: 5, source: "HUMAN" });
    expect(label).toMatchObject({ restoredVersion: 1, authorName: "A reader", note: "The border was right" });
    expect(label).toMatchObject({ reason: null, modelNumber: null });
    const [now, then] = await Promise.all(
      [label.id, importedId].map((labelId) => readLabelMask(reader, { labelId })),
    );
    expect(now).toEqual(then);
    expect((await listLabels(reader, { sliceId })).map((one) => one.version)).toEqual([3, 2, 1]);
  });

  it("brings the reason back of what cannot be told, and of nothing else", async () => {
    const cannotTell = await save(1, { labelClass: "CANNOT_TELL", reason: "ARTEFACT" });
    const noTumor = await save(2, { reason: "NOT_TUMOR" });
    const back = await restore({ basedOn: 3, labelId: cannotTell.id });
    expect(back).toMatchObject({ labelClass: "CANNOT_TELL", reason: "ARTEFACT", restoredVersion: 2 });
    expect(await restore({ basedOn: 4, labelId: noTumor.id })).toMatchObject({
      labelClass: "NO_TUMOR",
      reason: null,
    });
  });

  it("works for what could not be told before reasons were asked for", async () => {
    const old = await save(1, { labelClass: "CANNOT_TELL" });
    await save(2);
    expect(await restore({ basedOn: 3, labelId: old.id })).toMatchObject({ reason: null, version: 4 });
  });

  it("refuses the current version", async () => {
    await expect(restore({ basedOn: 1 })).rejects.toMatchObject({ kind: "invalid", field: "labelId" });
    expect(await database().label.count()).toBe(2);
  });

  it("knows no label of another slice", async () => {
    const [elsewhere] = await listLabels(reader, { sliceId: otherSliceId });
    await expect(restore({ basedOn: 1, labelId: elsewhere!.id })).rejects.toMatchObject({
      kind: "not-found",
    });
    await expect(restore({ basedOn: 1, labelId: randomUUID() })).rejects.toMatchObject({
      kind: "not-found",
    });
  });

  it("is refused after someone else's save", async () => {
    await save(1);
    await expect(restore({ basedOn: 1 })).rejects.toMatchObject({ kind: "conflict" });
    expect(await database().label.count()).toBe(3);
  });

  it("is one version, however often it is sent", async () => {
    await save(1);
    const saveId = randomUUID();
    const labels = await Promise.all([restore({ saveId }), restore({ saveId })]);
    expect(labels[0]).toEqual(labels[1]);
    expect(await restore({ saveId })).toEqual(labels[0]);
    expect(await database().label.count()).toBe(4);
  });

  it("is in the audit trail with the version it brought back", async () => {
    await save(1);
    const { id } = await restore();
    expect(await database().auditEvent.findFirst({ where: { subjectId: id } })).toMatchObject({
      action: "label.saved",
      detail: { sliceId, version: 3, labelClass: "TUMOR", restoredVersion: 1 },
    });
  });

  it("is for people, and for slices that there are", async () => {
    await save(1);
    await expect(restore({}, systemActor)).rejects.toMatchObject({ kind: "forbidden" });
    await expect(restore({ sliceId: randomUUID() })).rejects.toMatchObject({ kind: "not-found" });
  });
});
