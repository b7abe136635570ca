import type { z } from "zod";
import type { Archive } from "@/lib/platform/archive-entry";
import { database } from "@/lib/platform/database";
import { invalid } from "@/lib/platform/errors";
import { fileSha256 } from "@/lib/platform/file-sha256";
import type { Cohort } from "@/lib/platform/generated/enums";
import type { Progress } from "@/lib/platform/progress";
import { getObject } from "@/lib/platform/storage";
import type { StudyPlan } from "@/lib/science/imaging/import-plan";
import { finishImport } from "./finish-import";
import { imageProcesses } from "./images/image-processes";
import { inParallel } from "./in-parallel";
import { openPlanned } from "./open-planned";
import { type KnownSlice, readSlice } from "./read-slice";
import type { ImportId } from "./schema";
import { type StudyWindow, studyWindow } from "./study-window";
import { removeUpload } from "./upload-file";
import { writeStudy } from "./write-study";

/** Slices read at once. Unpacking runs on other threads and decoding in other processes, so one slice's wait is another's work. */
const slicesAtOnce = 6;

/**
 * Imports an archive, study by study: a study's files are read and stored, then its records are written in one
 * transaction. Stopping it costs at most the study at hand; beginning again skips what has records.
 * Memory holds a few slices and the archive's list of files, whatever the archive's size.
 *
 * Throws `invalid` for a broken archive and for an upload that is not the one its preview was made of, and what `signal` was aborted with.
 */
export async function importArchive(
  { importId }: z.infer<typeof ImportId>,
  {
    signal,
    progress,
  }: { signal: AbortSignal; progress(done: number, total: number, message?: Progress): void },
): Promise<void> {
  const row = await database().import.findUnique({ where: { id: importId } });
  if (row?.state !== "IMPORTING") {
    if (row?.state === "DONE" && row.uploaded) await removeUpload(importId);
    return;
  }
  await refuseChanged(row, { signal, progress });
  const { archive, plan, findings } = await openPlanned(row.path);
  try {
    const total = plan.studies.reduce((sum, study) => sum + study.slices.length, 0);
    let done = 0;
    for (const [index, study] of plan.studies.entries()) {
      const message = { code: "importing-study", study: index + 1, studies: plan.studies.length } as const;
      const slices = await notImported(importId, study);
      done += study.slices.length - slices.length;
      progress(done, total, message);
      if (slices.length === 0) continue;
      await importStudy(
        importId,
        row.cohort,
        archive,
        { ...study, slices },
        plan.clinical[study.patientKey],
        () => {
          signal.throwIfAborted();
          progress(++done, total, message);
        },
      );
    }
    await finishImport(importId, findings);
  } finally {
    await archive.close();
  }
  if (row.uploaded) await removeUpload(importId);
}

type Under = Parameters<typeof importArchive>[1];

/** A person has confirmed the preview of these bytes, and of no others. */
async function refuseChanged(
  row: { path: string; previewDigest: string | null },
  { signal, progress }: Under,
) {
  if (!row.previewDigest) return;
  progress(0, 0, { code: "checking-archive" });
  if ((await fileSha256(row.path, signal)) !== row.previewDigest)
    throw invalid("archive", { code: "archive-changed" });
}

async function notImported(importId: string, study: StudyPlan) {
  const rows = await database().importedFile.findMany({
    where: { importId, file: { in: study.slices.map((slice) => slice.imagePath) } },
    select: { file: true },
  });
  const files = new Set(rows.map((row) => row.file));
  return study.slices.filter((slice) => !files.has(slice.imagePath));
}

async function importStudy(
  importId: string,
  cohort: Cohort,
  archive: Archive,
  study: StudyPlan,
  clinical: Record<string, string> | undefined,
  onSlice: () => void,
) {
  const known = await knownSlices(study);
  const window = studyWindow();
  const slices = await inParallel(slicesAtOnce, study.slices, async (planned) => {
    const reading = await readSlice(archive, planned, known.get(planned.position), window);
    onSlice();
    return reading;
  });
  const adds = slices.some((slice) => slice.rejected === null && !known.has(slice.position));
  if (adds) await addKnown(window, known);
  await writeStudy(importId, cohort, {
    study,
    clinical: clinical ?? null,
    window: adds ? window.percentiles() : null,
    slices,
  });
}

async function knownSlices({ patientKey, studyFolder }: StudyPlan): Promise<Map<number, KnownSlice>> {
  const rows = await database().slice.findMany({
    where: { study: { key: studyFolder, patient: { key: patientKey } } },
    select: { position: true, rows: true, columns: true, fileSha256: true },
  });
  return new Map(rows.map((row) => [row.position, row]));
}

/** A study that grows has its window over all its slices, so those that were there are read again. */
async function addKnown(window: StudyWindow, known: Map<number, KnownSlice>) {
  for (const slice of known.values()) {
    const { histograms } = await imageProcesses.examine("image", await getObject(slice.fileSha256));
    window.add(histograms);
  }
}
