import type { Transaction } from "@/lib/platform/database";
import { servingModel } from "@/lib/records/serving-model";
import { type PlanFindings, rejectsNamed } from "./plan-findings";
import { type ImportNote, type ImportReport, StoredReason } from "./schema";

/** Counts what an import did from its files' rows, so that an interrupted import reports the whole. */
export async function reportImport(
  db: Transaction,
  importId: string,
  findings: PlanFindings,
): Promise<ImportReport> {
  const [counts] = await db.$queryRaw<Omit<ImportReport, keyof PlanFindings>[]>`
    SELECT count(DISTINCT t."patientId")::int AS "patients",
           count(DISTINCT t."id")::int AS "studies",
           count(*)::int AS "slices",
           count(*) FILTER (WHERE f."hasMask")::int AS "masks",
           count(*) FILTER (WHERE f."hasTumor")::int AS "tumorSlices",
           count(*) FILTER (WHERE f."outcome" = 'already-there')::int AS "alreadyThere"
    FROM "ImportedFile" f
    JOIN "Slice" s ON s."id" = f."sliceId"
    JOIN "Study" t ON t."id" = s."studyId"
    WHERE f."importId" = ${importId}::uuid`;
  const rejected = await db.importedFile.findMany({
    where: { importId, outcome: "rejected" },
    select: { file: true, reason: true },
    orderBy: { file: "asc" },
    take: rejectsNamed + 1,
  });
  const rejects = [
    ...findings.rejects,
    ...rejected.map(({ file, reason }) => ({ file, reason: StoredReason.parse(reason ?? "") })),
  ];

  const notes: ImportNote[] = [
    ...findings.notes,
    ...(await notesOnPixels(db, importId)),
    ...(await notesOnPrediction(db, importId)),
  ];
  if (rejects.length > rejectsNamed) notes.push({ code: "rejects-cut", named: rejectsNamed });
  return { ...findings, ...counts!, rejects: rejects.slice(0, rejectsNamed), notes };
}

async function notesOnPixels(db: Transaction, importId: string): Promise<ImportNote[]> {
  const notes: ImportNote[] = [];
  const maskConflicts = await db.importedFile.count({ where: { importId, maskConflict: true } });
  if (maskConflicts > 0) notes.push({ code: "table-and-masks-disagree", slices: maskConflicts });
  const copies = await db.$queryRaw<{ files: string[] }[]>`
    SELECT array_agg(f."file" ORDER BY f."file") AS "files"
    FROM "ImportedFile" f JOIN "Slice" s ON s."id" = f."sliceId"
    WHERE f."importId" = ${importId}::uuid
    GROUP BY s."fileSha256" HAVING count(*) > 1 ORDER BY 1`;
  if (copies.length > 0) {
    const files = copies.reduce((sum, copy) => sum + copy.files.length, 0);
    notes.push({ code: "equal-files", files, examples: copies[0]!.files.slice(0, 2) });
  }
  return notes;
}

/** Real patients that arrive while the demo's own model is in production would wait in silence. */
async function notesOnPrediction(db: Transaction, importId: string): Promise<ImportNote[]> {
  const { cohort } = await db.import.findUniqueOrThrow({ where: { id: importId } });
  const production = await servingModel(db);
  if (cohort !== "REAL" || production?.cohort !== "PHANTOM") return [];
  return [{ code: "production-made-on-phantoms", number: production.number }];
}
