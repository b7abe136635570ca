import type { z } from "zod";
import { database, transaction } from "@/lib/platform/database";
import { fileSha256 } from "@/lib/platform/file-sha256";
import { notifyChange } from "@/lib/platform/jobs";
import type { StudyPlan } from "@/lib/science/imaging/import-plan";
import { openPlanned } from "./open-planned";
import type { ImportId, ImportPreview } from "./schema";

/** Studies looked up in one query. */
const studiesAtOnce = 200;

/**
 * Reads an archive's list of files and its tables, never an image, and leaves a preview for a person to decide on.
 * Doing it twice gives the same preview.
 *
 * Throws `invalid` where the archive is broken, refused, or holds no image.
 */
export async function inspectArchive(
  { importId }: z.infer<typeof ImportId>,
  { signal }: { signal: AbortSignal },
): Promise<void> {
  const row = await database().import.findUnique({ where: { id: importId } });
  if (row?.state !== "INSPECTING") return;

  // Before it is read: what changes meanwhile has another sum when it is imported.
  const previewDigest = row.uploaded ? await fileSha256(row.path, signal) : null;
  const { archive, plan, findings } = await openPlanned(row.path);
  await archive.close();
  const slices = plan.studies.flatMap((study) => study.slices);
  const preview: ImportPreview = {
    patients: new Set(plan.studies.map((study) => study.patientKey)).size,
    studies: plan.studies.length,
    slices: slices.length,
    masks: slices.filter((slice) => slice.maskPath !== null).length,
    alreadyThere: await countKnown(plan.studies),
    ...findings,
  };
  signal.throwIfAborted();
  await transaction(async (db) => {
    await db.import.updateMany({
      where: { id: importId, state: "INSPECTING" },
      data: { state: "READY", preview: { ...preview } as object, previewDigest },
    });
    await notifyChange(db, "import", importId);
  });
}

/** Slices whose patient, study and position the database holds. */
async function countKnown(studies: readonly StudyPlan[]): Promise<number> {
  let known = 0;
  for (let start = 0; start < studies.length; start += studiesAtOnce) {
    const some = studies.slice(start, start + studiesAtOnce);
    const rows = await database().slice.findMany({
      // With the patients' keys there is an index for it.
      where: {
        study: {
          patientKey: { in: some.map((study) => study.patientKey) },
          key: { in: some.map((study) => study.studyFolder) },
        },
      },
      select: { position: true, study: { select: { key: true, patient: { select: { key: true } } } } },
    });
    const name = (patient: string, study: string, position: number) =>
      JSON.stringify([patient, study, position]);
    const there = new Set(rows.map(({ position, study }) => name(study.patient.key, study.key, position)));
    for (const { patientKey, studyFolder, slices } of some) {
      known += slices.filter(({ position }) => there.has(name(patientKey, studyFolder, position))).length;
    }
  }
  return known;
}
