import { randomUUID } from "node:crypto";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { findQueuePlace } from "@/lib/features/flags/find-queue-place";
import { listFlagged } from "@/lib/features/flags/list-flagged";
import { nextFlagged } from "@/lib/features/flags/next-flagged";
import { FlagFilter, ListFlagged } from "@/lib/features/flags/schema";
import { saveLabel } from "@/lib/features/labels/save-label";
import type { SaveLabel } from "@/lib/features/labels/schema";
import { undoDecision } from "@/lib/features/labels/undo-decision";
import { findPatient } from "@/lib/features/patients/find-patient";
import { readHeatmap } from "@/lib/features/predictions/read-heatmap";
import { readProposedMask } from "@/lib/features/predictions/read-proposed-mask";
import { requestHeatmap } from "@/lib/features/predictions/request-heatmap";
import { findSettings } from "@/lib/features/settings/find-settings";
import { saveSettings } from "@/lib/features/settings/save-settings";
import { findStudy } from "@/lib/features/studies/find-study";
import { listStudies } from "@/lib/features/studies/list-studies";
import { ListStudies } from "@/lib/features/studies/schema";
import { database, disconnect, transaction } from "@/lib/platform/database";
import type { Actor } from "@/lib/records/access";
import { hashPatientKey } from "@/lib/records/hash-patient-key";
import { keepTestPatients, splitOfNewPatient } from "@/lib/records/test-patients";
import { emptyDatabase, makeActor, makeModel, makePredictions, makeStudy } from "../../support/factories";

let reader: Actor;
let admin: Actor;
let model: Awaited<ReturnType<typeof makeModel>>;
/** Of a test patient: tumor and no tumor, imported; both predicted tumor, with little confidence. */
let kept: Awaited<ReturnType<typeof makeStudy>>;
let trained: Awaited<ReturnType<typeof makeStudy>>;

beforeEach(async () => {
  await emptyDatabase();
  [reader, admin] = [await makeActor("READER"), await makeActor("ADMIN")];
  model = await makeModel("PRODUCTION", {
    seenPatients: [hashPatientKey("TCGA_CS_0005")],
    testPatients: [hashPatientKey("TCGA_CS_0003")],
  });
  kept = await makeStudy("TCGA_CS_0001", [true, false]);
  trained = await makeStudy("TCGA_CS_0002", [true, false]);
  await database().patient.update({ where: { id: kept.patientId }, data: { split: "TEST" } });
  await database().patient.update({ where: { id: trained.patientId }, data: { split: "TRAIN" } });
  await makePredictions(
    model,
    [...kept.sliceIds, ...trained.sliceIds].map((id, at) => [id, 0.6 + at / 100, 3]),
  );
});
afterAll(disconnect);

const decision = (sliceId: string, change: Partial<SaveLabel> = {}): SaveLabel => ({
  sliceId,
  basedOn: 1,
  saveId: randomUUID(),
  modelId: null,
  act: "keep",
  labelClass: "TUMOR",
  mask: "current",
  ...change,
});
const worklist = async (query: object = {}) =>
  (await listStudies(reader, ListStudies.parse(query))).rows.map(({ patientKey }) => patientKey);

describe("a test patient", () => {
  it("is read blind: nothing that the model says of an undecided slice leaves the server", async () => {
    const [first] = kept.sliceIds as [string];
    const study = await findStudy(reader, kept);
    expect(study.keptForTesting).toBe(true);
    for (const slice of study.slices)
      expect(slice).toMatchObject({ prediction: null, predictionHidden: true, flags: [] });
    expect((await findStudy(reader, trained)).slices[0]).toMatchObject({
      prediction: { pTumor: expect.closeTo(0.62) },
      predictionHidden: false,
      flags: ["LOW_CONFIDENCE"],
    });
    expect(await readProposedMask(reader, { sliceId: first })).toBeNull();
    expect(await readHeatmap(reader, { sliceId: first, modelId: model.id })).toBeNull();
    await expect(requestHeatmap(reader, { sliceId: first })).rejects.toMatchObject({
      said: { code: "prediction-hidden" },
    });
    const [row] = (await findPatient(reader, kept)).studies;
    expect(row).toMatchObject({
      predictionHidden: true,
      predictedTumor: null,
      flagged: null,
      lowestConfidence: null,
    });
  });

  it("is in no list of flags, and in no order or filter that follows from predictions", async () => {
    const everyone = ListFlagged.parse({ patients: "ANY" });
    const flagged = await listFlagged(reader, everyone);
    expect(new Set(flagged.rows.map(({ studyId }) => studyId))).toEqual(new Set([trained.studyId]));
    expect(flagged).toMatchObject({ total: 2, testPatientsHidden: true });
    const asked = await listFlagged(reader, ListFlagged.parse({ patients: "TESTING" }));
    expect(asked).toMatchObject({ rows: [], total: 0 });
    const next = await nextFlagged(reader, { sliceId: trained.sliceIds[1]! });
    expect(next?.studyId).toBe(trained.studyId);
    expect(await nextFlagged(reader, { sliceId: kept.sliceIds[0]! })).toMatchObject({
      studyId: trained.studyId,
    });
    expect(
      await findQueuePlace(reader, { ...FlagFilter.parse({ patients: "ANY" }), sliceId: kept.sliceIds[1]! }),
    ).toMatchObject({ next: { sliceId: trained.sliceIds[0] }, left: 2, before: 0 });
    // Its slices are the least certain ones.
    expect(await worklist({ order: "doubt" })).toEqual(["TCGA_CS_0002", "TCGA_CS_0001"]);
    expect(await worklist({ filter: "flagged" })).toEqual(["TCGA_CS_0002"]);
    expect(await worklist({ filter: "testing" })).toEqual(["TCGA_CS_0001"]);
  });

  it("shows a slice's prediction once a person has decided, and the label says that nothing was seen", async () => {
    const [first, second] = kept.sliceIds as [string, string];
    const label = await saveLabel(reader, decision(first));
    expect(await database().label.findUniqueOrThrow({ where: { id: label.id } })).toMatchObject({
      seenModelId: null,
      seenPTumor: null,
    });
    const [now, later] = (await findStudy(reader, kept)).slices;
    expect(now).toMatchObject({ prediction: { pTumor: expect.closeTo(0.6) }, predictionHidden: false });
    expect(later).toMatchObject({ id: second, prediction: null, predictionHidden: true });
    expect(await readProposedMask(reader, { sliceId: first })).not.toBeNull();

    // What has been seen stays seen: an undo hides nothing, and its flags come back.
    await undoDecision(reader, { labelId: label.id, saveId: randomUUID() });
    expect((await findStudy(reader, kept)).slices[0]).toMatchObject({
      label: { source: "IMPORTED" },
      prediction: { pTumor: expect.closeTo(0.6) },
      flags: ["LOW_CONFIDENCE"],
    });

    await saveLabel(reader, decision(second, { labelClass: "NO_TUMOR" }));
    await saveLabel(reader, decision(first, { basedOn: 3, modelId: model.id }));
    expect((await findPatient(reader, kept)).studies[0]).toMatchObject({
      predictionHidden: false,
      predictedTumor: 2,
    });
  });

  it("cannot be given the model's label by who has not seen it", async () => {
    const blindly = decision(kept.sliceIds[0]!, { act: "use-model", mask: "proposed", modelId: model.id });
    await expect(saveLabel(reader, blindly)).rejects.toMatchObject({ kind: "conflict" });
    await expect(saveLabel(reader, { ...blindly, modelId: null })).rejects.toMatchObject({ kind: "invalid" });
    // Drawn pixel by pixel as the model proposes it is still the reader's own.
    expect((await findStudy(reader, kept)).slices[0]!.labelVersion).toBe(1);
  });

  it("is one from the first import on where the model in production names them so", async () => {
    const [named, other, trainedOn] = ["TCGA_CS_0003", "TCGA_CS_0004", "TCGA_CS_0005"].map(hashPatientKey);
    const splits = await transaction(async (db) => [
      await splitOfNewPatient(db, named!),
      await splitOfNewPatient(db, other!),
      await splitOfNewPatient(db, trainedOn!),
    ]);
    expect(splits).toEqual(["TEST", null, null]);
    const here = await makeStudy("TCGA_CS_0003", [true]);
    await transaction((db) => keepTestPatients(db, model.id));
    expect((await findPatient(reader, here)).split).toBe("TEST");
    expect((await findPatient(reader, trained)).split).toBe("TRAIN");
  });
});

describe("the setting", () => {
  it("shows everything where an admin turns blind reading off, which the audit trail records", async () => {
    expect(await findSettings(admin)).toEqual({
      blindTestPatients: true,
      testPatients: 1,
      undecidedSlices: 2,
    });
    await saveSettings(admin, { blindTestPatients: false });
    const [first] = kept.sliceIds as [string];
    expect((await findStudy(reader, kept)).slices[0]).toMatchObject({
      prediction: { pTumor: expect.closeTo(0.6) },
    });
    expect(await readProposedMask(reader, { sliceId: first })).not.toBeNull();
    expect((await listFlagged(reader, ListFlagged.parse({}))).total).toBe(2);
    expect((await listFlagged(reader, ListFlagged.parse({ patients: "TESTING" }))).total).toBe(2);
    expect((await listFlagged(reader, ListFlagged.parse({ patients: "ANY" }))).total).toBe(4);
    expect(await worklist({ order: "doubt" })).toEqual(["TCGA_CS_0001", "TCGA_CS_0002"]);
    const event = await database().auditEvent.findFirstOrThrow({
      where: { action: "settings.changed", actorId: admin.id },
    });
    expect(event.detail).toEqual({ blindTestPatients: false });
  });

  it("is an admin's alone", async () => {
    await expect(findSettings(reader)).rejects.toMatchObject({ kind: "forbidden" });
    await expect(saveSettings(reader, { blindTestPatients: false })).rejects.toMatchObject({
      kind: "forbidden",
    });
  });
});
