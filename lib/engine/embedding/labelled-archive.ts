import { openArchive } from "@/lib/platform/archive";
import { ArchiveError } from "@/lib/platform/archive-entry";
import type { ArchiveProblem } from "@/lib/platform/archive-problem";
import { invalid } from "@/lib/platform/errors";
import { hashPatientKey } from "@/lib/records/hash-patient-key";
import { decodeImage, decodeMask } from "@/lib/science/imaging/decode-image";
import { ImageError, type ImageProblem } from "@/lib/science/imaging/image-problem";
import type { SlicePlan } from "@/lib/science/imaging/import-plan";
import { maskArea } from "@/lib/science/imaging/mask-area";
import { pixelHash } from "@/lib/science/imaging/pixel-hash";
import { planImport } from "@/lib/science/imaging/plan-import";
import { toNetworkInput } from "@/lib/science/imaging/to-network-input";

/** A slice of an archive that is read without being imported: labelled, or beside a labelled one in its study. */
export interface LabelledSlice {
  patientKey: string;
  /** SHA-256 of the key. */
  hashedKey: string;
  site: string;
  /** Tells studies apart. */
  studyKey: string;
  /** The slice's number in its study. */
  position: number;
  file: string;
  rows: number;
  columns: number;
  /** Null where the archive says nothing of this slice. */
  truth: 0 | 1 | null;
  /** `[rows, columns]`, 0/1; null where the archive states the class alone. */
  mask: Uint8Array | null;
  pixelHash: string;
  /** `[256, 256, 3]`, 8 bits. */
  input: Uint8Array;
}

/** A file that could not be read, and why. */
export interface SkippedFile {
  file: string;
  reason: ArchiveProblem | ImageProblem;
}

/** Slices read and decoded together. */
const windowSize = 32;

/**
 * Reads the studies of a zip or folder that hold a labelled slice, a window at a time, one study after the other; the
 * next window is decoded while the caller works on this one. Files that cannot be read are counted in `skipped`.
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
    throw error instanceof ArchiveError
      ? invalid("data", { code: "data-unreadable", path, problem: error.said })
      : error;
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
  const isLabelled = ({ maskPath, csvMask }: SlicePlan) => maskPath !== null || csvMask !== null;
  const withLabel = plan.studies
    .filter(({ slices }) => slices.some(isLabelled))
    .flatMap((study) =>
      study.slices.map((slice) => ({ study, slice, hashedKey: hashPatientKey(study.patientKey) })),
    );
  const labelled = withLabel.filter(({ hashedKey }) => !leaveOut.has(hashedKey));
  const leftOut = new Set(withLabel.map(({ hashedKey }) => hashedKey).filter((key) => leaveOut.has(key)))
    .size;
  if (withLabel.length === 0) {
    await archive.close();
    throw invalid("data", { code: "data-without-label", path });
  }

  const skipped: SkippedFile[] = [];
  const read = async (slice: SlicePlan) => {
    const image = await decodeImage(await archive.read({ path: slice.imagePath }));
    const mask = slice.maskPath ? await decodeMask(await archive.read({ path: slice.maskPath })) : null;
    if (mask && (mask.rows !== image.rows || mask.columns !== image.columns)) {
      throw new ImageError({ code: "mask-size-differs" });
    }
    return {
      rows: image.rows,
      columns: image.columns,
      truth: truthOf(mask?.data ?? null, slice.csvMask),
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
          const studyKey = `${patientKey}/${study.studyFolder}`;
          try {
            const content = await read(slice);
            const { position, imagePath: file } = slice;
            return { patientKey, hashedKey, site: site ?? "", studyKey, position, file, ...content };
          } catch (error) {
            if (!(error instanceof ImageError || error instanceof ArchiveError)) throw error;
            skipped.push({ file: slice.imagePath, reason: error.said });
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

function truthOf(mask: Uint8Array | null, csvMask: 0 | 1 | null): 0 | 1 | null {
  if (!mask) return csvMask;
  return maskArea(mask) > 0 ? 1 : 0;
}
