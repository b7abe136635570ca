import { type Transaction, transaction } from "@/lib/platform/database";
import type { Cohort } from "@/lib/platform/generated/enums";
import { notifyChange } from "@/lib/platform/jobs";
import { hashPatientKey } from "@/lib/records/hash-patient-key";
import { splitOfNewPatient } from "@/lib/records/test-patients";
import type { StudyPlan } from "@/lib/science/imaging/import-plan";
import { refreshFlags } from "../flags/refresh-flags";
import { otherContent, type SliceReading } from "./read-slice";

/** A study as it was read, with what its patient's row in the clinical table says. */
export interface StudyReading {
  study: StudyPlan;
  clinical: Record<string, string> | null;
  /** Display window over every slice the study will have; null where none is added. */
  window: { windowLow: number[]; windowHigh: number[] } | null;
  slices: SliceReading[];
}

/**
 * Writes a study that was read: patient, study, slices, first labels, and one ImportedFile row a file, in one
 * transaction. An interrupted import therefore goes on with the first study that has no rows.
 *
 * Writers of one study wait for each other, and what stands in the database by then is left as it is; so the same
 * archive imported twice at once, or an import that two workers hold for a moment, doubles nothing.
 */
export async function writeStudy(importId: string, cohort: Cohort, reading: StudyReading): Promise<void> {
  const { study } = reading;
  await transaction(async (db) => {
    await db.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`import-patient:${study.patientKey}`}, 0))`;
    const slices = await withoutDone(db, importId, reading.slices);
    if (slices.length === 0) return;

    const usable = slices.filter((slice) => slice.rejected === null);
    const patient = usable.length > 0 ? await findOrAddPatient(db, cohort, reading) : null;
    if (patient && patient.cohort !== cohort) {
      const { patientKey } = study;
      for (const slice of usable)
        slice.rejected = { code: "other-cohort", patient: patientKey, known: patient.cohort };
    } else if (patient) {
      await addSlices(db, importId, patient.id, reading, usable);
    }
    await recordFiles(db, importId, slices);
    await notifyChange(db, "import", importId);
  });
}

async function withoutDone(db: Transaction, importId: string, slices: SliceReading[]) {
  const done = await db.importedFile.findMany({
    where: { importId, file: { in: slices.map((slice) => slice.file) } },
    select: { file: true },
  });
  const files = new Set(done.map((row) => row.file));
  return slices.filter((slice) => !files.has(slice.file));
}

async function findOrAddPatient(db: Transaction, cohort: Cohort, { study, clinical }: StudyReading) {
  const key = study.patientKey;
  const known = await db.patient.findUnique({ where: { key } });
  if (!known) {
    const hashedKey = hashPatientKey(key);
    const split = await splitOfNewPatient(db, hashedKey);
    return db.patient.create({
      data: { key, hashedKey, site: study.site ?? "", cohort, split, ...(clinical ? { clinical } : {}) },
    });
  }
  if (clinical && known.clinical === null && known.cohort === cohort) {
    await db.patient.update({ where: { id: known.id }, data: { clinical } });
  }
  return known;
}

/** Slices as they are matched with the database's: `id` of the record, and whether it was there. */
type Matched = SliceReading & { sliceId?: string; alreadyThere?: boolean };

async function addSlices(
  db: Transaction,
  importId: string,
  patientId: string,
  { study, window }: StudyReading,
  slices: Matched[],
) {
  const studyRow =
    (await db.study.findUnique({ where: { patientId_key: { patientId, key: study.studyFolder } } })) ??
    (await db.study.create({
      data: {
        patientId,
        key: study.studyFolder,
        studyDate: study.studyDate === null ? null : new Date(study.studyDate),
        importId,
        ...window,
      },
    }));

  const there = await db.slice.findMany({
    where: { studyId: studyRow.id, position: { in: slices.map((slice) => slice.position) } },
    select: { id: true, position: true, fileSha256: true, _count: { select: { labels: true } } },
  });
  const byPosition = new Map(there.map((row) => [row.position, row]));
  const unlabelled: Matched[] = [];
  for (const slice of slices) {
    const row = byPosition.get(slice.position);
    if (!row) continue;
    if (row.fileSha256 !== slice.fileSha256) {
      slice.rejected = otherContent;
      continue;
    }
    slice.sliceId = row.id;
    slice.alreadyThere = true;
    if (row._count.labels === 0) unlabelled.push(slice);
  }

  const missing = slices.filter((slice) => !byPosition.has(slice.position));
  const added = await db.slice.createManyAndReturn({
    data: missing.map(({ position, rows, columns, fileSha256, pixelHash, file }) => ({
      studyId: studyRow.id,
      position,
      rows,
      columns,
      fileSha256,
      pixelHash,
      fileName: file,
    })),
    select: { id: true, position: true },
  });
  const ids = new Map(added.map((row) => [row.position, row.id]));
  for (const slice of missing) slice.sliceId = ids.get(slice.position)!;
  if (added.length > 0 && window) await db.study.update({ where: { id: studyRow.id }, data: window });

  await db.label.createMany({
    data: [...missing, ...unlabelled].flatMap(({ sliceId, label }) =>
      label ? [{ sliceId: sliceId!, version: 1, source: "IMPORTED" as const, ...label }] : [],
    ),
  });
  // A first label of a slice that was predicted before may differ from the prediction.
  await refreshFlags(db, { studyId: studyRow.id, sliceIds: unlabelled.map(({ sliceId }) => sliceId!) });
}

async function recordFiles(db: Transaction, importId: string, slices: Matched[]) {
  await db.importedFile.createMany({
    data: slices.flatMap((slice) => {
      const { file, rejected, maskRejected, label, maskConflict, sliceId = null } = slice;
      if (rejected !== null) return [{ importId, file, outcome: "rejected", reason: { ...rejected } }];
      const row = {
        importId,
        file,
        outcome: slice.alreadyThere ? "already-there" : "added",
        sliceId,
        hasMask: Boolean(label?.maskSha256),
        hasTumor: label?.labelClass === "TUMOR",
        maskConflict,
      };
      if (!maskRejected) return [row];
      return [
        row,
        { importId, file: maskRejected.file, outcome: "rejected", reason: { ...maskRejected.reason } },
      ];
    }),
  });
}
