import { encodeTiff } from "./encode-tiff";
import { makePhantomPatient, PHANTOM_SIZE } from "./phantom";

/**
 * Phantom patients as files in the LGG set's layout, so that a demonstration goes the way of real data:
 * `PHANTOM_01_0001_20240610/PHANTOM_01_0001_20240610_1.tif`, `..._1_mask.tif` (0 or 255), and `data_mask.csv` last.
 *
 * One patient at a time is in memory. The same `seed` gives the same bytes.
 */
export async function* phantomArchive(
  seed: number,
  patients: number,
): AsyncGenerator<{ path: string; bytes: Uint8Array }> {
  const rows = ["patient_id,image_path,mask_path,mask"];
  for (let index = 0; index < patients; index++) {
    const { patientKey, studyDate, slices } = makePhantomPatient(seed, index);
    const study = `${patientKey}_${studyDate.replaceAll("-", "")}`;
    for (const { position, image, mask, lesionAreaPixels } of slices) {
      const imagePath = `${study}/${study}_${position}.tif`;
      const maskPath = `${study}/${study}_${position}_mask.tif`;
      yield { path: imagePath, bytes: encodeTiff(image, PHANTOM_SIZE, PHANTOM_SIZE, 3) };
      const white = mask.map((value) => value * 255);
      yield { path: maskPath, bytes: encodeTiff(white, PHANTOM_SIZE, PHANTOM_SIZE, 1) };
      rows.push(`${study},${imagePath},${maskPath},${lesionAreaPixels > 0 ? 1 : 0}`);
    }
    // Making a patient takes a second or so; a server that does it must be able to do other things between.
    await new Promise((resolve) => setImmediate(resolve));
  }
  yield { path: "data_mask.csv", bytes: new TextEncoder().encode(`${rows.join("\n")}\n`) };
}
