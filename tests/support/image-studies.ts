import { createHash } from "node:crypto";
import { transaction } from "@/lib/platform/database";
import { putObject } from "@/lib/platform/storage";
import { hashPatientKey } from "@/lib/records/hash-patient-key";
import { encodeTiff } from "@/lib/science/imaging/encode-tiff";
import { makePhantomPatient, PHANTOM_SIZE } from "@/lib/science/imaging/phantom";

/** An image that slices can be made of, stored. */
export interface StoredImage {
  fileSha256: string;
  pixelHash: string;
}

/** Phantoms' slices with the largest lesions and, of as many, without one. */
export async function storeImages(patients: number): Promise<StoredImage[]> {
  const images = [];
  for (let index = 0; index < patients; index++) {
    const { slices } = makePhantomPatient(1, index);
    const bySize = slices.sort((a, b) => b.lesionAreaPixels - a.lesionAreaPixels);
    for (const { image } of [bySize[0]!, bySize.at(-1)!]) {
      const fileSha256 = await putObject(encodeTiff(image, PHANTOM_SIZE, PHANTOM_SIZE, 3));
      images.push({ fileSha256, pixelHash: createHash("sha256").update(image).digest("hex") });
    }
  }
  return images;
}

/**
 * A phantom patient whose study shows `images` in order, with imported labels of alternating class; there at once, as an
 * import brings it. Equal images are embedded once, so that many slices cost a worker little.
 */
export async function makeImageStudy(key: string, images: readonly StoredImage[]) {
  return transaction(async (db) => {
    const patient = await db.patient.create({
      data: { key, hashedKey: hashPatientKey(key), cohort: "PHANTOM" },
    });
    const study = await db.study.create({
      data: { patientId: patient.id, key: `${key}_1`, windowLow: [0, 0, 0], windowHigh: [255, 255, 255] },
    });
    const slices = await db.slice.createManyAndReturn({
      data: images.map((image, index) => ({
        ...image,
        studyId: study.id,
        position: index + 1,
        rows: PHANTOM_SIZE,
        columns: PHANTOM_SIZE,
        fileName: `${key}_${index + 1}.tif`,
      })),
    });
    await db.label.createMany({
      data: slices.map(({ id, position }) => ({
        sliceId: id,
        version: 1,
        labelClass: position % 2 ? ("TUMOR" as const) : ("NO_TUMOR" as const),
        source: "IMPORTED" as const,
      })),
    });
    return { patientId: patient.id, studyId: study.id };
  });
}
