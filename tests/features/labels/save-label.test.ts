import { randomUUID } from "node:crypto";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { listLabels } from "@/lib/features/labels/list-labels";
import { readLabelMask } from "@/lib/features/labels/read-label-mask";
import { saveLabel } from "@/lib/features/labels/save-label";
import type { SaveLabel } from "@/lib/features/labels/schema";
import { promoteModel } from "@/lib/features/models/promote-model";
import { findStudy } from "@/lib/features/studies/find-study";
import { database, disconnect } from "@/lib/platform/database";
import { type Actor, systemActor } from "@/lib/records/access";
import { emptyDatabase, makeActor, makeModel, makePredictions, makeStudy } from "../../support/factories";

let reader: Actor;
let study: Awaited<ReturnType<typeof makeStudy>>;
let modelId: string;

beforeEach(async () => {
  await emptyDatabase();
  reader = await makeActor("READER");
  study = await makeStudy("TCGA_CS_0001", [true, false]);
  const model = await makeModel("PRODUCTION");
  modelId = model.id;
  await makePredictions(model, [
    [study.sliceIds[0]!, 0.2, 0],
    [study.sliceIds[1]!, 0.9, 7],
  ]);
});
afterAll(disconnect);

const save = (change: Partial<SaveLabel> = {}, actor = reader) =>
  saveLabel(actor, {
    sliceId: study.sliceIds[1]!,
    basedOn: 1,
    saveId: randomUUID(),
    modelId,
    labelClass: "TUMOR",
    act: "use-model",
    mask: "proposed",
    ...change,
  });

describe("saving a label", () => {
  it("adds a version and leaves the one before as it was", async () => {
    const before = (await listLabels(reader, { sliceId: study.sliceIds[1]! }))[0]!;
    const label = await save();
    expect(label).toMatchObject({ version: 2, labelClass: "TUMOR", areaPixels: 7, authorName: "A reader" });
    expect(await listLabels(reader, { sliceId: study.sliceIds[1]! })).toEqual([label, before]);
  });

  it("keeps the label on file byte for byte, as a confirmation that says what was seen", async () => {
    const sliceId = study.sliceIds[0]!;
    const [onFile] = await listLabels(reader, { sliceId });
    const kept = await save({ sliceId, act: "keep", labelClass: "TUMOR", mask: "current" });
    expect(kept).toMatchObject({
      version: 2,
      act: "KEPT",
      source: "HUMAN",
      labelClass: onFile!.labelClass,
      areaPixels: onFile!.areaPixels,
      maskSha256: onFile!.maskSha256,
      maskOrigin: { kind: "IMPORT", modelNumber: null },
    });
    const masks = await Promise.all(
      [onFile!.id, kept.id].map((labelId) => readLabelMask(reader, { labelId })),
    );
    expect(masks[0]).toEqual(masks[1]);
    expect(await database().label.findUnique({ where: { id: kept.id } })).toMatchObject({
      seenModelId: modelId,
      seenPTumor: 0.2,
    });
    const { slices } = await findStudy(reader, { studyId: study.studyId });
    expect(slices[0]!.flags).toEqual([]);
  });

  it("keeps a model's label the model's, and refuses to keep what is not on file", async () => {
    await save();
    const kept = await save({ basedOn: 2, act: "keep", mask: "current" });
    expect(kept).toMatchObject({ act: "KEPT", source: "MODEL", modelNumber: expect.any(Number) });
    expect(kept.maskOrigin).toMatchObject({ kind: "MODEL" });
    await expect(
      save({ basedOn: 3, act: "keep", labelClass: "NO_TUMOR", mask: "current" }),
    ).rejects.toMatchObject({ kind: "invalid", field: "labelClass" });
  });

  it("refuses the model's label where the model predicts another class", async () => {
    await expect(save({ sliceId: study.sliceIds[0]!, act: "use-model", mask: "none" })).rejects.toMatchObject(
      { kind: "invalid", field: "labelClass" },
    );
  });

  it("knows an accepted prediction from a correction", async () => {
    expect(await save()).toMatchObject({ source: "MODEL", act: "USED_MODEL" });
    expect((await save({ basedOn: 2, labelClass: "NO_TUMOR", act: "state", mask: "none" })).source).toBe(
      "HUMAN",
    );
  });

  it("takes no mask for the proposal of a model whose base proposes none", async () => {
    const model = await makeModel("CANDIDATE");
    await promoteModel(systemActor, { modelId: model.id, reason: "for this test" });
    await makePredictions(model, [[study.sliceIds[1]!, 0.9, null]]);
    await expect(save({ modelId: model.id })).rejects.toMatchObject({ kind: "invalid" });
    const { slices } = await findStudy(reader, { studyId: study.studyId });
    expect(slices[1]!.prediction).toMatchObject({ areaPixels: null, maskSha256: null });
    expect(await save({ modelId: model.id, mask: "none" })).toMatchObject({
      source: "MODEL",
      maskSha256: null,
    });
  });

  it("gives the accepted mask's pixels back", async () => {
    const { id } = await save();
    const mask = await readLabelMask(reader, { labelId: id });
    expect([...mask!.bytes].reduce((sum, value) => sum + value)).toBe(7);
  });

  it("ends the slice's flags and lowers the study's count", async () => {
    expect((await database().studyPrediction.findFirst())!.flaggedSlices).toBe(2);
    await save();
    const view = await findStudy(reader, { studyId: study.studyId });
    expect(view.slices.map((slice) => slice.flags)).toEqual([["MODEL_DISAGREES"], []]);
    expect((await database().studyPrediction.findFirst())!.flaggedSlices).toBe(1);
  });

  it("refuses a stale save and changes nothing", async () => {
    await save();
    await expect(save()).rejects.toMatchObject({ kind: "conflict" });
    expect(await database().label.count()).toBe(3);
  });

  it("refuses a proposal that another model has replaced since", async () => {
    await promoteModel(systemActor, { modelId: (await makeModel("CANDIDATE")).id, reason: "for this test" });
    await expect(save()).rejects.toMatchObject({ kind: "conflict" });
    expect(await database().label.count()).toBe(2);
  });

  it("lets one of two readers at once win", async () => {
    const outcomes = await Promise.allSettled([
      save(),
      save({ labelClass: "CANNOT_TELL", act: "state", mask: "none" }),
    ]);
    const lost = outcomes.filter((outcome) => outcome.status === "rejected");
    expect(lost).toHaveLength(1);
    expect(lost[0]!.reason).toMatchObject({ kind: "conflict" });
    expect(await database().label.count()).toBe(3);
  });

  it("refuses no tumor with a mask that holds tumor", async () => {
    await expect(
      save({ sliceId: study.sliceIds[0]!, labelClass: "NO_TUMOR", act: "state", mask: "current" }),
    ).rejects.toMatchObject({ kind: "invalid", field: "mask" });
  });

  it("tells a stranger that there is no such slice", async () => {
    await expect(save({ sliceId: "00000000-0000-7000-8000-000000000000" })).rejects.toMatchObject({
      kind: "not-found",
    });
  });

  it("is for people: the system writes no labels", async () => {
    await expect(save({}, systemActor)).rejects.toMatchObject({ kind: "forbidden" });
  });

  it("is written in the audit trail with the label", async () => {
    const { id } = await save();
    expect(await database().auditEvent.findFirst({ where: { subjectId: id } })).toMatchObject({
      action: "label.saved",
      actorId: reader.id,
    });
  });
});

describe("the database itself", () => {
  it("refuses to change or delete a label", async () => {
    const label = (await database().label.findFirst())!;
    await expect(database().label.update({ where: { id: label.id }, data: { note: "x" } })).rejects.toThrow();
    await expect(database().label.delete({ where: { id: label.id } })).rejects.toThrow();
  });

  it("refuses no tumor with an area", async () => {
    const slice = study.sliceIds[1]!;
    const data = { sliceId: slice, version: 9, labelClass: "NO_TUMOR" as const, source: "IMPORTED" as const };
    await expect(
      database().label.create({ data: { ...data, maskSha256: "x", areaPixels: 3 } }),
    ).rejects.toThrow();
  });
});
