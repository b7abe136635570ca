import type { Transaction } from "@/lib/platform/database";
import { servingModel } from "@/lib/records/serving-model";
import { type PlanFindings, rejectsNamed } from "./plan-findings";
import type { ImportReport } from "./schema";

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
    ...rejected.map(({ file, reason }) => ({ file, reason: reason ?? "" })),
  ];

  const notes = [
    ...findings.notes,
    ...(await notesOnPixels(db, importId)),
    ...(await notesOnPrediction(db, importId)),
  ];
  if (rejects.length > rejectsNamed) notes.push(`Only the first ${rejectsNamed} rejected files are named.`);
  return { ...findings, ...counts!, rejects: rejects.slice(0, rejectsNamed), notes };
}

async function notesOnPixels(db: Transaction, importId: string): Promise<string[]> {
  const notes: string[] = [];
  const maskConflicts = await db.importedFile.count({ where: { importId, maskConflict: true } });
  if (maskConflicts > 0) {
    notes.push(
      `On ${slices(maskConflicts)} the table and the mask's pixels disagree about tumor; the pixels were followed.`,
    );
  }
  const copies = await db.$queryRaw<{ files: string[] }[]>`
    SELECT array_agg(f."file" ORDER BY f."file") AS "files"
    FROM "ImportedFile" f JOIN "Slice" s ON s."id" = f."sliceId"
    WHERE f."importId" = ${importId}::uuid
    GROUP BY s."fileSha256" HAVING count(*) > 1 ORDER BY 1`;
  if (copies.length > 0) {
    const files = copies.reduce((sum, copy) => sum + copy.files.length, 0);
    notes.push(
      `${files} image files are byte for byte the same as another one, e.g. ${copies[0]!.files.slice(0, 2).join(" and ")}. Each was kept at its own position.`,
    );
  }
  return notes;
}

/** Real patients that arrive while the demo's own model is in production would wait in silence. */
async function notesOnPrediction(db: Transaction, importId: string): Promise<string[]> {
  const { cohort } = await db.import.findUniqueOrThrow({ where: { id: importId } });
  const production = await servingModel(db);
  if (cohort !== "REAL" || production?.cohort !== "PHANTOM") return [];
  return [
    `Model ${production.number}, in production, was made on phantoms and does not speak of real patients: these slices are predicted once a model made on real patients is promoted.`,
  ];
}

function slices(count: number) {
  return count === 1 ? "1 slice" : `${count} slices`;
}
