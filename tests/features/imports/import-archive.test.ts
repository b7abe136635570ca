import { createHash } from "node:crypto";
import { rm } from "node:fs/promises";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { importArchive } from "@/lib/features/imports/import-archive";
import { importCounts } from "@/lib/features/imports/import-counts";
import { database, disconnect } from "@/lib/platform/database";
import { getObject } from "@/lib/platform/storage";
import { decodeMaskRuns } from "@/lib/science/imaging/mask-rle";
import { emptyDatabase } from "../../support/factories";
import { sharedFile } from "../../support/shared-data";
import {
  cancelled,
  importAt,
  importFiles,
  importUntil,
  layOut,
  smallImage,
  smallMask,
  smallSet,
  untroubled,
} from "./small-set";

const anna = "TCGA_CS_0001_19990102";
const bert = "TCGA_DU_0002_20010304";

beforeEach(async () => {
  await emptyDatabase();
});
afterAll(disconnect);

async function rows() {
  const db = database();
  return {
    patients: await db.patient.count(),
    studies: await db.study.count(),
    slices: await db.slice.count(),
    labels: await db.label.count(),
  };
}

describe("an import", () => {
  it("brings patients, studies, slices and labels, and counts them", async () => {
    const report = await importFiles(await smallSet([anna, bert], 3));

    expect(importCounts(report)).toEqual({
      patients: 2,
      studies: 2,
      slices: 6,
      masks: 6,
      tumorSlices: 2,
      alreadyThere: 0,
      conflicts: 0,
      rejects: [],
    });
    expect(await rows()).toEqual({ patients: 2, studies: 2, slices: 6, labels: 6 });
  });

  it("keeps identity, geometry, the file itself and the mask's pixels", async () => {
    const files = await smallSet([anna], 2);
    await importFiles(files);

    const patient = await database().patient.findUniqueOrThrow({
      where: { key: "TCGA_CS_0001" },
      include: {
        studies: { include: { slices: { include: { labels: true }, orderBy: { position: "asc" } } } },
      },
    });
    expect(patient).toMatchObject({ site: "CS", cohort: "REAL" });
    expect(patient.hashedKey).toBe(createHash("sha256").update("TCGA_CS_0001").digest("hex"));
    const study = patient.studies[0]!;
    expect(study).toMatchObject({ key: anna, studyDate: new Date("1999-01-02") });
    const [first, second] = study.slices;
    expect(first).toMatchObject({ position: 1, rows: 24, columns: 24, rowSpacingMm: null });
    expect(await getObject(first!.fileSha256)).toEqual(files[`${anna}/${anna}_1.png`]);
    expect(first!.labels[0]).toMatchObject({
      version: 1,
      labelClass: "TUMOR",
      source: "IMPORTED",
      areaPixels: 5,
      authorId: null,
    });
    expect(second!.labels[0]).toMatchObject({ labelClass: "NO_TUMOR", areaPixels: 0 });
    const mask = decodeMaskRuns(await getObject(first!.labels[0]!.maskSha256!));
    expect([...mask.data.subarray(0, 6)]).toEqual([1, 1, 1, 1, 1, 0]);
  });

  it("sets the study's window to the 1st and 99th percentile above background, channel by channel", async () => {
    await importFiles(await smallSet([anna], 2));
    const study = await database().study.findFirstOrThrow();
    expect(study.windowLow).toHaveLength(3);
    // The small images use all values from 0 to 255 about equally often.
    for (const low of study.windowLow) expect(low).toBeGreaterThanOrEqual(1);
    for (const low of study.windowLow) expect(low).toBeLessThan(12);
    for (const high of study.windowHigh) expect(high).toBeGreaterThan(244);
  });

  it("asks for predictions of what it added, and for none when it added nothing", async () => {
    const place = await layOut(await smallSet([anna], 2));
    await importAt(place);
    expect(await database().job.count({ where: { kind: "predict-slices" } })).toBe(1);
    await database().job.deleteMany({ where: { kind: "predict-slices" } });
    await importAt(place);
    expect(await database().job.count({ where: { kind: "predict-slices" } })).toBe(0);
  });

  it("adds nothing the second time and says that all was there", async () => {
    const place = await layOut(await smallSet([anna, bert], 3));
    await importAt(place);
    const before = await rows();
    const report = await importAt(place);
    expect(report).toMatchObject({ slices: 6, masks: 6, tumorSlices: 2, alreadyThere: 6, rejects: [] });
    expect(await rows()).toEqual(before);
  });

  it("adds the slices that are new to a study that is there", async () => {
    await importFiles(await smallSet([anna], 2));
    const report = await importFiles(await smallSet([anna], 4));
    expect(report).toMatchObject({ studies: 1, slices: 4, alreadyThere: 2 });
    expect(await rows()).toEqual({ patients: 1, studies: 1, slices: 4, labels: 4 });
  });

  it("goes on where it was stopped, with nothing twice and nothing lost", async () => {
    const place = await layOut(await smallSet([anna, bert], 5));
    const importId = await importUntil(place, 7);
    expect(await rows()).toEqual({ patients: 1, studies: 1, slices: 5, labels: 5 });

    await importArchive({ importId }, untroubled);
    await importArchive({ importId }, untroubled);

    expect(await rows()).toEqual({ patients: 2, studies: 2, slices: 10, labels: 10 });
    const row = await database().import.findUniqueOrThrow({ where: { id: importId } });
    expect(row).toMatchObject({ state: "DONE", report: { slices: 10, alreadyThere: 0 } });
    expect(
      await database().auditEvent.count({ where: { subjectId: importId, action: "import.finished" } }),
    ).toBe(1);
  });

  it("keeps the studies it had finished when it is cancelled, and says so", async () => {
    const importId = await importUntil(await layOut(await smallSet([anna, bert], 5)), 7);
    const report = await cancelled(importId);
    expect(report).toMatchObject({ studies: 1, slices: 5 });
    expect(report!.notes[0]).toEqual({ code: "ended-early" });
    expect(await rows()).toMatchObject({ slices: 5 });
  });

  it("run twice at once doubles nothing and fails neither", async () => {
    const place = await layOut(await smallSet([anna, bert], 4));
    const reports = await Promise.all([importAt(place), importAt(place)]);
    expect(await rows()).toEqual({ patients: 2, studies: 2, slices: 8, labels: 8 });
    expect(reports.map((report) => report.slices)).toEqual([8, 8]);
    expect(reports[0].alreadyThere + reports[1].alreadyThere).toBe(8);
  });
});

describe("what does not fit", () => {
  it("a broken image is one rejected file; the others are imported", async () => {
    const files = await smallSet([anna], 3);
    const broken = `${anna}/${anna}_2.png`;
    files[broken] = files[broken]!.subarray(0, 60);
    const report = await importFiles(files);
    expect(report).toMatchObject({ slices: 2, rejects: [{ file: broken }] });
    expect(report.rejects[0]!.reason).toEqual({ code: "image-damaged", cause: expect.any(String) });
  });

  it("a broken mask is one rejected file; its slice is imported without it", async () => {
    const files = await smallSet([anna], 2);
    const broken = `${anna}/${anna}_1_mask.png`;
    files[broken] = files[broken]!.subarray(0, 40);
    const report = await importFiles(files);
    expect(report).toMatchObject({ slices: 2, masks: 1, tumorSlices: 0, rejects: [{ file: broken }] });
    expect(await rows()).toMatchObject({ labels: 1 });
  });

  it("another image at a known position is refused, never written over", async () => {
    await importFiles(await smallSet([anna], 2));
    const before = await database().slice.findMany({ orderBy: { position: "asc" } });
    const changed = await smallSet([anna], 2);
    changed[`${anna}/${anna}_2.png`] = await smallImage(77);
    const report = await importFiles(changed);
    expect(report).toMatchObject({ slices: 1, alreadyThere: 1 });
    expect(report.rejects[0]).toMatchObject({ file: `${anna}/${anna}_2.png` });
    expect(report.rejects[0]!.reason).toEqual({ code: "other-image-known" });
    expect(await database().slice.findMany({ orderBy: { position: "asc" } })).toEqual(before);
  });

  it("a mask that contradicts the table is believed, and the report says so", async () => {
    const files = await smallSet([anna], 2);
    const rowsOfTable = [1, 2].map((n) => `X,${anna}/${anna}_${n}.png,${anna}/${anna}_${n}_mask.png,0`);
    files["data_mask.csv"] = Buffer.from(["patient_id,image_path,mask_path,mask", ...rowsOfTable].join("\n"));
    const report = await importFiles(files);
    expect(report).toMatchObject({ tumorSlices: 1, conflicts: 2 });
    expect(report.notes).toContainEqual({ code: "table-and-masks-disagree", slices: 1 });
  });

  it("without a mask file the table's word becomes the label; without either there is none", async () => {
    const files: Record<string, Uint8Array> = {
      [`${anna}/${anna}_1.png`]: await smallImage(1),
      [`${anna}/${anna}_2.png`]: await smallImage(2),
      "data_mask.csv": Buffer.from(
        `patient_id,image_path,mask_path,mask\n${anna},${anna}/${anna}_1.png,,1\n`,
      ),
    };
    const report = await importFiles(files);
    expect(report).toMatchObject({ slices: 2, masks: 0, tumorSlices: 1 });
    expect(await database().label.findMany({ select: { labelClass: true, maskSha256: true } })).toEqual([
      { labelClass: "TUMOR", maskSha256: null },
    ]);
  });

  it("the first label of a known slice without one is added", async () => {
    const files: Record<string, Uint8Array> = { [`${anna}/${anna}_1.png`]: await smallImage(1) };
    await importFiles(files);
    files[`${anna}/${anna}_1_mask.png`] = await smallMask(3);
    expect(await importFiles(files)).toMatchObject({ alreadyThere: 1, tumorSlices: 1 });
    expect(await rows()).toMatchObject({ slices: 1, labels: 1 });
  });

  it("byte-identical images are both kept and named in the report", async () => {
    const files = await smallSet([anna], 2);
    files[`${anna}/${anna}_2.png`] = files[`${anna}/${anna}_1.png`]!;
    const report = await importFiles(files);
    expect(report.slices).toBe(2);
    expect(report.notes).toContainEqual({
      code: "equal-files",
      files: 2,
      examples: [1, 2].map((position) => `${anna}/${anna}_${position}.png`),
    });
  });

  it("a phantom never joins a real patient", async () => {
    const place = await layOut(await smallSet([anna], 2));
    await importAt(place);
    const report = await importAt(place, "PHANTOM");
    expect(report.slices).toBe(0);
    expect(report.rejects).toHaveLength(2);
    expect(report.rejects[0]!.reason).toEqual({
      code: "other-cohort",
      patient: "TCGA_CS_0001",
      known: "REAL",
    });
  });

  it("a folder without images is refused, and it is said why", async () => {
    const place = await layOut({ "notes.txt": Buffer.from("nothing") });
    await expect(importAt(place)).rejects.toMatchObject({
      kind: "invalid",
      said: { code: "archive-not-importable", problem: { code: "no-image", first: null } },
    });
    await rm(place, { recursive: true });
    await expect(importAt(place)).rejects.toMatchObject({ kind: "invalid", field: "path" });
  });

  it("a file that is no archive is refused as one, and nothing is added", async () => {
    const place = await layOut({
      "set.zip": Buffer.from("this is not a zip file at all, however long it may be"),
    });
    await expect(importAt(`${place}/set.zip`)).rejects.toMatchObject({
      kind: "invalid",
      field: "archive",
      said: { code: "archive-not-importable", problem: { code: "not-a-zip" } },
    });
    expect(await rows()).toMatchObject({ patients: 0, slices: 0 });
  });
});

const mini = sharedFile("data/lgg-mini.zip");
describe.skipIf(!mini)("the public LGG set's small archive", () => {
  it("is imported with exact counts, and a second time adds nothing", async () => {
    const expected = {
      patients: 6,
      studies: 6,
      slices: 138,
      masks: 138,
      tumorSlices: 57,
      conflicts: 137,
      rejects: [],
    };
    expect(importCounts(await importAt(mini!))).toEqual({ ...expected, alreadyThere: 0 });
    expect(await database().patient.findUnique({ where: { key: "TCGA_CS_4941" } })).toMatchObject({
      site: "CS",
      clinical: { rnaseqcluster: "2", neoplasm_histologic_grade: "2" },
    });
    expect(importCounts(await importAt(mini!))).toEqual({ ...expected, alreadyThere: 138 });
    expect(await rows()).toEqual({ patients: 6, studies: 6, slices: 138, labels: 138 });
  });
});
