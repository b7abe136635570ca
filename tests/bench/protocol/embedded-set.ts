import { readBaseCard, shippedBase } from "@/lib/engine/bases/base-network";
import type { LearningSlice } from "@/lib/engine/classifier/cross-fit";
import { archivePatients } from "@/lib/engine/embedding/archive-patients";
import { embedKept, type SliceEmbedding } from "@/lib/engine/embedding/embed-slices";
import { readLabelledArchive } from "@/lib/engine/embedding/labelled-archive";
import { splitSeed } from "@/lib/features/snapshots/take-snapshot";
import { seededRandom, seedOf } from "@/lib/science/training/random";
import { splitByPatient } from "@/lib/science/training/split-by-patient";

/** A labelled slice with what the base says of it, of its mirror image, and of the image a little shifted. */
export interface ProtocolSlice extends LearningSlice {
  truth: 0 | 1;
  seenByBase: boolean;
  isTest: boolean;
  site: string;
  mirrored: SliceEmbedding;
  shifted: SliceEmbedding;
}

/**
 * The labelled slices of an archive with their embeddings, and the product's own split of its patients: `isTest` ones
 * are for the end. Embeddings are kept in the data folder.
 */
export async function embeddedSet(file: string): Promise<ProtocolSlice[]> {
  const { seenPatients } = await readBaseCard();
  const inference = await shippedBase();
  const archive = await readLabelledArchive(file);
  const slices: ProtocolSlice[] = [];
  for await (const window of archive.windows()) {
    for (const { hashedKey, studyKey, position, truth, site, pixelHash, input } of window) {
      if (truth === null) continue;
      const [embedding, mirrored, shifted] = await embedKept(inference, [
        { pixelHash, input },
        { pixelHash: `${pixelHash}-mirrored`, input: mirror(input) },
        {
          pixelHash: `${pixelHash}-shifted`,
          input: shift(input, seededRandom(seedOf("shift", pixelHash))),
        },
      ]);
      slices.push({
        hashedKey,
        studyKey,
        position,
        truth,
        weight: 1,
        site,
        seenByBase: seenPatients.includes(hashedKey),
        isTest: false,
        embedding: embedding!,
        mirrored: mirrored!,
        shifted: shifted!,
      });
    }
    process.stderr.write(`\rembedding ${slices.length} of ${archive.total}`);
  }
  const { roles } = splitByPatient(patientsOf(slices), splitSeed);
  for (const slice of slices) slice.isTest = roles.get(slice.hashedKey) === "test";
  return slices;
}

export function patientsOf(slices: readonly ProtocolSlice[]) {
  return archivePatients(
    slices,
    new Set(slices.filter(({ seenByBase }) => seenByBase).map(({ hashedKey }) => hashedKey)),
  );
}

/** `[256, 256, 3]`, moved by up to 12 pixels each way, never by none; what comes in is black. */
function shift(image: Uint8Array, random: () => number): Uint8Array {
  const draw = () => (random() < 0.5 ? -1 : 1) * (1 + Math.floor(random() * 12));
  const [rows, columns] = [draw(), draw()];
  const shifted = new Uint8Array(image.length);
  for (let row = Math.max(0, rows); row < Math.min(256, 256 + rows); row++)
    for (let column = Math.max(0, columns); column < Math.min(256, 256 + columns); column++) {
      const from = 3 * (256 * (row - rows) + column - columns);
      shifted.set(image.subarray(from, from + 3), 3 * (256 * row + column));
    }
  return shifted;
}

/** `[256, 256, 3]`, left and right exchanged. */
function mirror(image: Uint8Array): Uint8Array {
  const mirrored = new Uint8Array(image.length);
  for (let pixel = 0; pixel < 256 * 256; pixel++) {
    const from = pixel - (pixel % 256) + 255 - (pixel % 256);
    mirrored.set(image.subarray(3 * from, 3 * from + 3), 3 * pixel);
  }
  return mirrored;
}
