import { hashPatientKey } from "@/lib/features/studies/hash-patient-key";
import { openArchive } from "@/lib/platform/archive";
import { ArchiveError } from "@/lib/platform/archive-entry";
import { invalid } from "@/lib/platform/errors";
import { decodeImage, decodeMask, ImageError } from "@/lib/science/imaging/decode-image";
import type { SlicePlan } from "@/lib/science/imaging/import-plan";
import { maskArea } from "@/lib/science/imaging/mask-area";
import { pixelHash } from "@/lib/science/imaging/pixel-hash";
import { planImport } from "@/lib/science/imaging/plan-import";
import { toNetworkInput } from "@/lib/science/imaging/to-network-input";

/** A labelled slice of an archive that is read without being imported. */
export interface LabelledSlice {
  patientKey: string;
  /** SHA-256 of the key. */
  hashedKey: string;
  site: string;
  file: string;
  rows: number;
  columns: number;
  truth: 0 | 1;
  /** `[rows, columns]`, 0/1; null where the archive states the class alone. */
  mask: Uint8Array | null;
  pixelHash: string;
  /** `[256, 256, 3]`, 8 bits. */
  input: Uint8Array;
}

/** Slices read and decoded together. */
const windowSize = 32;

/**
 * Reads the labelled slices of a zip or folder, a window at a time; the next window is decoded while the caller
 * works on this one. Slices without a label and files that cannot be read are counted in `skipped`.
 *
 * Patients whose hashed key is in `leaveOut` are not read; `leftOut` counts them.
 *
 * Throws `invalid` where the archive cannot be read or holds no labelled slice.
 */
export async function readLabelledArchive(
  path: string,
  leaveOut: Pick<ReadonlySet<string>, "has"> = new Set<string>(),
) {
  const archive = await openArchive(path).catch((error) => {
    throw error instanceof ArchiveError ? invalid("data", `${path}: ${error.message}`) : error;
  });
  const paths: { path: string; size: number }[] = [];
  const tables: { path: string; text: string }[] = [];
  for await (const entry of archive.entries()) {
    paths.push({ path: entry.path, size: entry.size });
    if (/\.csv$/i.test(entry.path)) {
      tables.push({ path: entry.path, text: (await archive.read(entry)).toString("utf8") });
    }
  }
  const plan = planImport(paths, tables);
  const withLabel = plan.studies.flatMap((study) =>
    study.slices
      .filter((slice) => slice.maskPath !== null || slice.csvMask !== null)
      .map((slice) => ({ study, slice, hashedKey: hashPatientKey(study.patientKey) })),
  );
  const labelled = withLabel.filter(({ hashedKey }) => !leaveOut.has(hashedKey));
  const leftOut = new Set(withLabel.map(({ hashedKey }) => hashedKey).filter((key) => leaveOut.has(key)))
    .size;
  if (withLabel.length === 0) {
    await archive.close();
    throw invalid("data", `${path}: holds no labelled slice`);
  }

  const skipped: { file: string; reason: string }[] = [];
  const read = async (slice: SlicePlan) => {
    const image = await decodeImage(await archive.read({ path: slice.imagePath }));
    const mask = slice.maskPath ? await decodeMask(await archive.read({ path: slice.maskPath })) : null;
    if (mask && (mask.rows !== image.rows || mask.columns !== image.columns)) {
      throw new ImageError("and its mask differ in size");
    }
    return {
      rows: image.rows,
      columns: image.columns,
      truth: (mask ? maskArea(mask.data) > 0 : slice.csvMask === 1) ? (1 as const) : (0 as const),
      mask: mask?.data ?? null,
      pixelHash: pixelHash(image),
      input: toNetworkInput(image),
    };
  };
  const window = (start: number) =>
    Promise.all(
      labelled
        .slice(start, start + windowSize)
        .map(async ({ study, slice, hashedKey }): Promise<LabelledSlice | null> => {
          const { patientKey, site } = study;
          try {
            const content = await read(slice);
            return { patientKey, hashedKey, site: site ?? "", file: slice.imagePath, ...content };
          } catch (error) {
            if (!(error instanceof ImageError || error instanceof ArchiveError)) throw error;
            skipped.push({ file: slice.imagePath, reason: error.message });
            return null;
          }
        }),
    );
  return {
    /** Slices that will be tried. */
    total: labelled.length,
    leftOut,
    skipped,
    async *windows(): AsyncGenerator<LabelledSlice[]> {
      try {
        let next = window(0);
        for (let start = 0; start < labelled.length; start += windowSize) {
          const slices = await next;
          next = window(start + windowSize);
          next.catch(() => {}); // thrown when its turn comes
          yield slices.filter((slice) => slice !== null);
        }
      } finally {
        await archive.close();
      }
    },
  };
}
