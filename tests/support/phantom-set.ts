import { createHash, randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { copyFile, mkdir, readdir, readFile, rename, writeFile } from "node:fs/promises";
import path from "node:path";
import { encodeTiff } from "@/lib/science/imaging/encode-tiff";
import { makePhantomPatient, PHANTOM_SIZE } from "@/lib/science/imaging/phantom";
import { testFolder } from "../../bin/setup/test-database.mjs";

const seed = 1;
const drawnPatients = 4;

/** Patients of the whole set; every second one is the mirror image of the one before. */
export const phantomPatients = 2 * drawnPatients;

/**
 * A folder of phantom patients in the LGG set's layout, 18 to 22 slices each, all with masks. Drawing them takes
 * seconds, so they are kept in `.test/` until the code that draws them changes.
 */
export async function phantomSet(): Promise<string> {
  const folder = path.join(testFolder, `phantoms-${await hashOfGenerator()}`);
  if (existsSync(folder)) return folder;
  const unfinished = `${folder}.${randomUUID()}`;
  for (let index = 0; index < drawnPatients; index++) {
    const { slices } = makePhantomPatient(seed, index);
    for (const mirrored of [false, true]) {
      const study = `PHANTOM_0${1 + (index % 2)}_${1001 + 2 * index + Number(mirrored)}_20240102`;
      await mkdir(path.join(unfinished, study), { recursive: true });
      for (const { position, image, mask } of slices) {
        const [pixels, lesion] = mirrored ? [mirror(image, 3), mirror(mask, 1)] : [image, mask];
        const file = path.join(unfinished, study, `${study}_${position}`);
        const white = lesion.map((value) => value * 255);
        await writeFile(`${file}.tif`, encodeTiff(pixels, PHANTOM_SIZE, PHANTOM_SIZE, 3));
        await writeFile(`${file}_mask.tif`, encodeTiff(white, PHANTOM_SIZE, PHANTOM_SIZE, 1));
      }
    }
  }
  // Another test file may have been quicker.
  await rename(unfinished, folder).catch((error) => {
    if (!existsSync(folder)) throw error;
  });
  return folder;
}

/** Copies some of the set's patients, and of them the slices whose position is a multiple of `every`. */
export async function copyPhantoms(to: string, { patients = phantomPatients, every = 1 } = {}) {
  const from = await phantomSet();
  const studies = (await readdir(from)).sort().slice(0, patients);
  let slices = 0;
  for (const study of studies) {
    await mkdir(path.join(to, study), { recursive: true });
    for (const file of await readdir(path.join(from, study))) {
      const position = Number(/_(\d+)(_mask)?\.tif$/.exec(file)?.[1]);
      if (position % every !== 0) continue;
      if (!file.endsWith("_mask.tif")) slices++;
      await copyFile(path.join(from, study, file), path.join(to, study, file));
    }
  }
  return { folder: to, patients: studies.length, slices };
}

async function hashOfGenerator() {
  const folder = path.join(import.meta.dirname, "../../lib/science/imaging");
  const hash = createHash("sha256");
  for (const file of ["phantom.ts", "phantom-anatomy.ts", "seeded-noise.ts", "encode-tiff.ts"])
    hash.update(await readFile(path.join(folder, file)));
  return hash
    .update(await readFile(import.meta.filename))
    .digest("hex")
    .slice(0, 16);
}

function mirror(pixels: Uint8Array, channels: number): Uint8Array {
  const result = new Uint8Array(pixels.length);
  for (let row = 0; row < PHANTOM_SIZE; row++)
    for (let column = 0; column < PHANTOM_SIZE; column++)
      for (let channel = 0; channel < channels; channel++)
        result[(row * PHANTOM_SIZE + column) * channels + channel] =
          pixels[(row * PHANTOM_SIZE + PHANTOM_SIZE - 1 - column) * channels + channel]!;
  return result;
}
