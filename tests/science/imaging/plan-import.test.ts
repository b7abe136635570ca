import { describe, expect, it } from "vitest";
import { openArchive } from "@/lib/platform/archive";
import { planImport } from "@/lib/science/imaging/plan-import";
import { sharedFile } from "../../support/shared-data";

const files = (...paths: string[]) => paths.map((path) => ({ path, size: 100 }));
const table = (...rows: string[]) => ({
  path: "data_mask.csv",
  text: ["patient_id,image_path,mask_path,mask", ...rows].join("\n"),
});
const A = "TCGA_CS_4941_19960909";
const B = "TCGA_HT_7473_19970826";
const slice = (study: string, n: number) => [`${study}/${study}_${n}.tif`, `${study}/${study}_${n}_mask.tif`];

describe("the LGG layout", () => {
  it("tells patient, study, site and position from names, and sorts by number", () => {
    const plan = planImport(files(...[10, 2, 1].flatMap((n) => slice(A, n)), ...slice(B, 3)), []);
    expect(plan.studies).toMatchObject([
      { patientKey: "TCGA_CS_4941", studyFolder: A, studyDate: "1996-09-09", site: "CS" },
      { patientKey: "TCGA_HT_7473", studyFolder: B, studyDate: "1997-08-26", site: "HT" },
    ]);
    expect(plan.studies[0]!.slices).toMatchObject([
      { position: 1, imagePath: `${A}/${A}_1.tif`, maskPath: `${A}/${A}_1_mask.tif`, csvMask: null },
      { position: 2 },
      { position: 10 },
    ]);
  });

  it("finds it in nested folders, with capitals, and passes over companions", () => {
    const plan = planImport(
      files(
        `set/kaggle_3m/${A}/${A}_1.TIF`,
        `set/kaggle_3m/${A}/${A}_1_MASK.TIF`,
        "set/README.md",
        "LICENSE",
        "a/data.csv",
      ),
      [],
    );
    expect(plan.studies[0]!.slices).toHaveLength(1);
    expect(plan.studies[0]!.slices[0]!.maskPath).toBe(`set/kaggle_3m/${A}/${A}_1_MASK.TIF`);
    expect(plan.rejects).toEqual([]);
  });

  it("counts a folder that the archive holds twice once", () => {
    const once = slice(A, 1);
    const plan = planImport(
      files(...once.map((path) => `copy/kaggle/${path}`), ...once.map((path) => `kaggle/${path}`)),
      [
        table(
          `${A},/kaggle/input/copy/kaggle/${A}/${A}_1.tif,/kaggle/input/copy/kaggle/${A}/${A}_1_mask.tif,1`,
        ),
      ],
    );
    expect(plan.studies[0]!.slices).toMatchObject([
      { imagePath: `kaggle/${once[0]}`, maskPath: `kaggle/${once[1]}`, csvMask: 1 },
    ]);
    expect(plan.duplicates).toEqual([
      { file: `copy/kaggle/${once[0]}`, reason: { code: "same-slice", as: `kaggle/${once[0]}` } },
    ]);
    expect(plan).toMatchObject({ conflicts: [], missing: [], rejects: [], unlisted: [] });
  });

  it("rejects files that cannot be used, each with its reason", () => {
    const plan = planImport(
      [
        ...files(...slice(A, 1), `${A}/${A}_2_mask.tif`, `${A}/scan.dcm`, `${B}/${A}_3.tif`),
        { path: `${A}/${A}_4.tif`, size: 0 },
      ],
      [],
    );
    expect([...plan.rejects].sort((a, b) => (a.file < b.file ? -1 : 1))).toEqual([
      { file: `${A}/${A}_2_mask.tif`, reason: { code: "mask-without-image" } },
      { file: `${A}/${A}_4.tif`, reason: { code: "image-empty" } },
      { file: `${A}/scan.dcm`, reason: { code: "no-image-format" } },
      { file: `${B}/${A}_3.tif`, reason: { code: "folder-of-another-study", folder: B, study: A } },
    ]);
    expect(plan.studies).toHaveLength(1);
  });

  it("does not invent a date that the calendar lacks", () => {
    const study = "TCGA_CS_4941_19960231";
    expect(planImport(files(...slice(study, 1)), []).studies[0]).toMatchObject({
      studyDate: null,
      patientKey: "TCGA_CS_4941",
    });
  });
});

describe("the mask table", () => {
  const all = files(...slice(A, 1), ...slice(A, 2), ...slice(B, 1));

  it("never decides whose slice it is: other patients are conflicts", () => {
    const plan = planImport(all, [
      table(
        `${B},${A}/${A}_1.tif,${A}/${A}_1_mask.tif,1`,
        `${A},${A}/${A}_2.tif,${A}/${A}_2_mask.tif,0`,
        `TCGA_HT_7473,${B}/${B}_1.tif,${B}/${B}_1_mask.tif,0`,
      ),
    ]);
    expect(plan.conflicts).toEqual([
      {
        file: `${A}/${A}_1.tif`,
        reason: { code: "row-says-other-patient", row: 1, table: "data_mask.csv", patient: B, study: A },
      },
    ]);
    expect(plan.studies.map(({ slices }) => slices.map(({ csvMask }) => csvMask))).toEqual([[1, 0], [0]]);
  });

  it("may have prefixes, back-slashes, spaces, quotes, a byte order mark and CRLF", () => {
    const text =
      "\uFEFFpatient_id,image_path,mask_path,mask\r\n" +
      `${A}, /kaggle/input/set/${A}/${A}_1.tif ,"/kaggle/input/set/${A}/${A}_1_mask.tif", 1 \r\n` +
      `${A},C:\\data\\${A}\\${A}_2.tif,C:\\data\\${A}\\${A}_2_mask.tif,0\r\n\r\n`;
    const plan = planImport(all, [{ path: "x.csv", text }]);
    expect(plan.studies[0]!.slices.map(({ csvMask }) => csvMask)).toEqual([1, 0]);
    expect(plan).toMatchObject({ conflicts: [], missing: [], rejects: [], unlisted: [`${B}/${B}_1.tif`] });
  });

  it("names missing files, contradicts itself, or cannot be read: all reported", () => {
    const plan = planImport(all, [
      table(
        `${A},${A}/${A}_9.tif,${A}/${A}_9_mask.tif,1`,
        `${A},${A}/${A}_1.tif,${A}/gone_mask.tif,1`,
        `${A},${A}/${A}_1.tif,,0`,
      ),
      { path: "broken.csv", text: 'a,b\n"never' },
      { path: "other.csv", text: "a,b\n1,2" },
    ]);
    expect(plan.missing.map(({ file }) => file)).toEqual([`${A}/${A}_9.tif`, `${A}/gone_mask.tif`]);
    expect(plan.missing.map(({ reason }) => reason.code)).toEqual([
      "row-names-no-image",
      "row-names-no-mask",
    ]);
    expect(plan.conflicts[0]!.reason).toEqual({
      code: "row-contradicts-row",
      row: 3,
      table: "data_mask.csv",
    });
    expect(plan.rejects).toEqual([
      {
        file: "broken.csv",
        reason: { code: "table-unreadable", cause: { code: "quote-not-closed" } },
      },
      { file: "other.csv", reason: { code: "table-of-nothing-known" } },
    ]);
  });

  it("may point to masks that lie elsewhere", () => {
    const plan = planImport(files("p1/images/7.png", "p1/masks/7.png", "p2/images/7.png"), [
      { path: "t.csv", text: "image_path;mask_path;mask\np1/images/7.png;p1/masks/7.png;1\n" },
    ]);
    expect(plan.studies.map(({ slices }) => slices)).toMatchObject([
      [{ imagePath: "p1/images/7.png", maskPath: "p1/masks/7.png", csvMask: 1 }],
      [{ imagePath: "p2/images/7.png", maskPath: null }],
    ]);
  });
});

describe("other layouts", () => {
  it("take the top folder as the patient", () => {
    const plan = planImport(
      files(
        "set/anna/2.png",
        "set/anna/10.png",
        "set/anna/2_mask.png",
        "set/ben/t1/1.jpg",
        "set/ben/t2/1.jpg",
      ),
      [],
    );
    expect(
      plan.studies.map(({ patientKey, studyFolder, slices }) => [patientKey, studyFolder, slices.length]),
    ).toEqual([
      ["anna", "anna", 2],
      ["ben", "ben/t1", 1],
      ["ben", "ben/t2", 1],
    ]);
    expect(plan.studies[0]!.slices[0]).toMatchObject({ position: 2, maskPath: "set/anna/2_mask.png" });
    expect(plan.studies[0]).toMatchObject({ studyDate: null, site: null });
  });

  it("take the name before the number where all lie in one folder", () => {
    const plan = planImport(files("images/anna_1.png", "images/anna_2.png", "images/ben-1.png"), []);
    expect(plan.studies.map(({ patientKey, slices }) => [patientKey, slices.length])).toEqual([
      ["anna", 2],
      ["ben", 1],
    ]);
    expect(planImport(files("x_1.png", "x_2.png"), []).studies).toMatchObject([{ patientKey: "x" }]);
    expect(planImport(files("anna/slice_1.png", "anna/slice_2.png"), []).studies).toMatchObject([
      { patientKey: "anna" },
    ]);
  });

  it("number what has no number in the folder's order", () => {
    const plan = planImport(files("p/b.png", "p/a.png", "q/c.png"), []);
    expect(plan.studies[0]!.slices.map(({ imagePath, position }) => [imagePath, position])).toEqual([
      ["p/a.png", 1],
      ["p/b.png", 2],
    ]);
  });
});

describe("the clinical table", () => {
  it("belongs to patients by key", () => {
    const plan = planImport(files(...slice(A, 1)), [
      { path: "data.csv", text: "Patient,Gender,race\nTCGA_CS_4941,2,\nTCGA_XX_0000,1,3\n" },
    ]);
    expect(plan.clinical).toEqual({ TCGA_CS_4941: { gender: "2" } });
    expect(plan.clinicalUnmatched).toEqual(["TCGA_XX_0000"]);
  });
});

const lgg = sharedFile("data/lgg-mri-segmentation.zip");
describe.skipIf(!lgg)("the public LGG set", () => {
  it("has 48 patients, 1,636 slices with masks, and 1,622 rows of another patient", async () => {
    const archive = await openArchive(lgg!);
    const paths: { path: string; size: number }[] = [];
    for await (const entry of archive.entries()) paths.push(entry);
    const read = async (path: string) => ({ path, text: (await archive.read({ path })).toString() });
    const plan = planImport(paths, await Promise.all(["data_mask.csv", "data.csv"].map(read)));
    await archive.close();

    const slices = plan.studies.flatMap((study) => study.slices);
    expect(new Set(plan.studies.map(({ patientKey }) => patientKey)).size).toBe(48);
    expect(slices).toHaveLength(1636);
    expect(slices.filter(({ maskPath }) => maskPath)).toHaveLength(1636);
    expect(slices.filter(({ csvMask }) => csvMask === 1)).toHaveLength(569);
    expect(plan.conflicts).toHaveLength(1622);
    expect(Object.keys(plan.clinical)).toHaveLength(48);
    expect(plan).toMatchObject({ rejects: [], missing: [], duplicates: [], unlisted: [] });
  });
});
