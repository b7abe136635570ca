import type { z } from "zod";
import { consistentRead, type Prisma } from "@/lib/platform/database";
import { type Actor, requirePermission, studiesReadableBy } from "../users/access";
import { countSlices, type SliceCounts } from "./count-slices";
import { pageCount, pageSize } from "./pages";
import type { ListStudies, StudyList, StudyRow } from "./schema";

/** The worklist: studies in the actor's scope, searched, filtered and ordered, 50 a page. */
export async function listStudies(actor: Actor, input: z.infer<typeof ListStudies>): Promise<StudyList> {
  requirePermission(actor, "study:read");
  const { search, filter, cohort, order, page } = input;
  const where: Prisma.StudyWhereInput = {
    AND: [
      studiesReadableBy(actor),
      search
        ? {
            OR: [
              { key: { contains: search, mode: "insensitive" } },
              { patient: { key: { contains: search, mode: "insensitive" } } },
            ],
          }
        : {},
      cohort === "ANY" ? {} : { patient: { cohort } },
      filter === "flagged" ? { flaggedSlices: { gt: 0 } } : {},
      filter === "unlabelled" ? { slices: { some: { labels: { none: {} } } } } : {},
      filter === "corrected"
        ? { slices: { some: { labels: { some: { source: { not: "IMPORTED" } } } } } }
        : {},
    ],
  };
  const orderBy: Prisma.StudyOrderByWithRelationInput[] = {
    patient: [{ patient: { key: "asc" as const } }, { key: "asc" as const }],
    doubt: [{ lowestConfidence: { sort: "asc" as const, nulls: "last" as const } }, { key: "asc" as const }],
    newest: [{ createdAt: "desc" as const }, { key: "asc" as const }],
  }[order];

  // A study's flags and doubt, and what its slices add up to, are one model's.
  return consistentRead(async (db) => {
    const total = await db.study.count({ where });
    const pages = pageCount(total);
    const current = Math.min(page, pages);
    const studies = await db.study.findMany({
      where,
      orderBy,
      skip: (current - 1) * pageSize,
      take: pageSize,
      include: { patient: true },
    });
    const counts = await countSlices(
      db,
      studies.map((study) => study.id),
    );
    return { rows: studies.map((study) => studyRow(study, counts(study.id))), total, page: current, pages };
  });
}

type StudyWithPatient = Prisma.StudyGetPayload<{ include: { patient: true } }>;

/** A study as a row of the worklist. */
export function studyRow(study: StudyWithPatient, counts: SliceCounts): StudyRow {
  return {
    id: study.id,
    key: study.key,
    patientId: study.patientId,
    patientKey: study.patient.key,
    site: study.patient.site,
    cohort: study.patient.cohort,
    studyDate: isoDay(study.studyDate),
    ...counts,
    flagged: study.flaggedSlices,
    lowestConfidence: study.lowestConfidence,
  };
}

/** `1996-09-09`, or null. */
export function isoDay(date: Date | null): string | null {
  return date?.toISOString().slice(0, 10) ?? null;
}
