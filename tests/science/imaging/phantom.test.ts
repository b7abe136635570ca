import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { decodeImage, decodeMask } from "@/lib/science/imaging/decode-image";
import { makePhantomPatient } from "@/lib/science/imaging/phantom";
import { phantomArchive } from "@/lib/science/imaging/phantom-archive";
import { planImport } from "@/lib/science/imaging/plan-import";

const patient = makePhantomPatient(1, 0);
const hashOf = (slices: typeof patient.slices) => {
  const hash = createHash("sha256");
  for (const { image, mask } of slices) hash.update(image).update(mask);
  return hash.digest("hex");
};

describe("a phantom patient", () => {
  it("has the same bytes wherever it is made", () => {
    expect(hashOf(patient.slices)).toMatchInlineSnapshot(
      `"713ce49de9914906520c0b4a27da1bfc61bed734bed4ae5cd71644a8e7ee875c"`,
    );
  });

  it("differs by seed and by index", () => {
    expect(hashOf(makePhantomPatient(2, 0).slices)).not.toBe(hashOf(patient.slices));
    expect(makePhantomPatient(1, 1).patientKey).toBe("PHANTOM_02_0002");
  });

  it("has a lesion on one run of about a third of its slices, of the area that it says", () => {
    const withLesion = patient.slices
      .filter(({ lesionAreaPixels }) => lesionAreaPixels > 0)
      .map(({ position }) => position);
    expect(patient.slices.length).toBeGreaterThanOrEqual(18);
    expect(withLesion.length / patient.slices.length).toBeGreaterThan(0.2);
    expect(withLesion.length / patient.slices.length).toBeLessThan(0.5);
    expect(withLesion.at(-1)! - withLesion[0]! + 1).toBe(withLesion.length);
    for (const { mask, lesionAreaPixels } of patient.slices) {
      expect(mask.filter((value) => value === 1)).toHaveLength(lesionAreaPixels);
      expect(mask.every((value) => value <= 1)).toBe(true);
    }
  });

  it("shows the lesion bright on FLAIR and dark on T1, in a dark background", () => {
    const { image, mask } = patient.slices.toSorted((a, b) => b.lesionAreaPixels - a.lesionAreaPixels)[0]!;
    const meanWhere = (channel: number, wanted: (index: number) => boolean) => {
      const values = [...mask.keys()].filter(wanted).map((index) => image[index * 3 + channel]!);
      return values.reduce((sum, value) => sum + value, 0) / values.length;
    };
    const lesion = (index: number) => mask[index] === 1;
    const opposite = (index: number) =>
      mask[index] === 0 && mask[index - (index % 256) + 255 - (index % 256)] === 1;
    expect(meanWhere(1, lesion)).toBeGreaterThan(meanWhere(1, opposite) + 15);
    expect(meanWhere(0, lesion)).toBeLessThan(meanWhere(0, opposite));
    expect(meanWhere(1, (index) => index < 256 * 8)).toBeLessThan(6);
  });
});

describe("the phantom archive", () => {
  it("is a data set in the LGG layout that imports without a remark", async () => {
    const files = new Map<string, Uint8Array>();
    for await (const { path, bytes } of phantomArchive(1, 2)) files.set(path, bytes);
    const table = new TextDecoder().decode(files.get("data_mask.csv"));
    const plan = planImport(
      [...files].map(([path, bytes]) => ({ path, size: bytes.length })),
      [{ path: "data_mask.csv", text: table }],
    );
    expect(plan).toMatchObject({ conflicts: [], duplicates: [], rejects: [], missing: [], unlisted: [] });
    expect(plan.studies.map(({ patientKey }) => patientKey)).toEqual(["PHANTOM_01_0001", "PHANTOM_02_0002"]);
    expect(plan.studies[0]).toMatchObject({ site: "01", studyDate: patient.studyDate });

    for (const [index, slice] of plan.studies[0]!.slices.entries()) {
      const { image, mask, lesionAreaPixels } = patient.slices[index]!;
      const decoded = await decodeImage(files.get(slice.imagePath)!);
      expect(Buffer.compare(decoded.data as Uint8Array, image)).toBe(0);
      expect(Buffer.compare((await decodeMask(files.get(slice.maskPath!)!)).data, mask)).toBe(0);
      expect(slice.csvMask).toBe(lesionAreaPixels > 0 ? 1 : 0);
    }
  });
});
