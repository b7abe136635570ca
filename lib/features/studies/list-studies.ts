import type { z } from "zod";
import { consistentRead, type Prisma, type Transaction } from "@/lib/platform/database";
import { type Actor, requirePermission, studiesReadableBy } from "@/lib/records/access";
import { isStudyInTheOpen, readsBlind, studiesInTheOpen } from "@/lib/records/blind-reading";
import { shownCohort } from "@/lib/records/cohort-filter";
import { behind, type Key, orderOf, readPage, type Seek } from "@/lib/records/pages";
import { servingModelId } from "@/lib/records/serving-model";
import { studyRowInclude, viewStudyRow } from "@/lib/records/study-row";
import type { ListStudies, StudyList } from "./schema";

/** The worklist: studies in the actor's scope, searched, filtered and ordered, a page at a time. */
export async function listStudies(actor: Actor, input: z.infer<typeof ListStudies>): Promise<StudyList> {
  requirePermission(actor, "study:read");
  // What a model says of the studies is read of one model, also while another one is promoted.
  return consistentRead(async (db) => {
    const modelId = await servingModelId(db);
    const cohort = await shownCohort(db, input.cohort);
    const blind = await readsBlind(db);
    const where: Prisma.StudyWhereInput = {
      AND: [
        studiesReadableBy(actor),
        input.search ? searched(input.search) : {},
        cohort === "ANY" ? {} : { cohort },
        filtered(db, input.filter, { modelId, blind }),
      ],
    };
    const order = orders[input.order];
    const page = await readPage(
      input.page,
      (seek) => order.read(db, { where, cohort, modelId, blind, seek }),
      (study) => order.key(study, blind),
    );
    const rows = page.rows.map((study) => viewStudyRow(study, blind));
    return { ...page, rows, total: await db.study.count({ where }), cohort };
  });
}

function searched(search: string): Prisma.StudyWhereInput {
  const contains = { contains: search, mode: "insensitive" } as const;
  return { OR: [{ key: contains }, { patientKey: contains }] };
}

function filtered(
  db: Transaction,
  filter: z.infer<typeof ListStudies>["filter"],
  { modelId, blind }: { modelId: string; blind: boolean },
): Prisma.StudyWhereInput {
  switch (filter) {
    case "all":
      return {};
    case "flagged":
      return {
        predictions: { some: { modelId, flaggedSlices: { gt: 0 } } },
        AND: [studiesInTheOpen(db, blind)],
      };
    case "testing":
      return { patient: { split: "TEST" } };
    case "unlabelled":
      return { labelledSlices: { lt: db.study.fields.sliceCount } };
    case "corrected":
      return { correctedSlices: { gt: 0 } };
  }
}

type ListedStudy = Prisma.StudyGetPayload<{ include: ReturnType<typeof studyRowInclude> }>;

interface ListedAt {
  where: Prisma.StudyWhereInput;
  cohort: StudyList["cohort"];
  modelId: string;
  blind: boolean;
  seek: Seek;
}

interface Order {
  key(study: ListedStudy, blind: boolean): Key;
  read(db: Transaction, list: ListedAt): Promise<ListedStudy[]>;
}

const orders: Record<z.infer<typeof ListStudies>["order"], Order> = {
  patient: {
    key: (study) => [study.patientKey, study.key],
    read: (db, { where, modelId, seek }) =>
      db.study.findMany({
        where: { AND: [where, behind(["patientKey", "key"], seek)] },
        orderBy: [{ patientKey: orderOf(seek) }, { key: orderOf(seek) }],
        take: seek.take,
        include: studyRowInclude(modelId),
      }),
  },
  newest: {
    key: (study) => [study.createdAt.toISOString(), study.id],
    read: (db, { where, modelId, seek }) => {
      const direction = orderOf(seek, { descending: true });
      return db.study.findMany({
        where: { AND: [where, behind(["createdAt", "id"], seek, { descending: true })] },
        orderBy: [{ createdAt: direction }, { id: direction }],
        take: seek.take,
        include: studyRowInclude(modelId),
      });
    },
  },
  doubt: {
    key: (study, blind) => [
      isStudyInTheOpen(blind, study) ? (study.predictions[0]?.lowestConfidence ?? null) : null,
      study.id,
    ],
    read: readByDoubt,
  },
};

/**
 * Studies by the lowest confidence among the slices that no person has labelled, then the others: those without
 * predictions, those that people have gone through, and those that are read blind.
 */
async function readByDoubt(
  db: Transaction,
  { where, cohort, modelId, blind, seek }: ListedAt,
): Promise<ListedStudy[]> {
  const direction = orderOf(seek);
  const include = studyRowInclude(modelId);
  const inTheOpen = studiesInTheOpen(db, blind);
  const hasDoubt = { predictions: { some: { modelId, lowestConfidence: { not: null } } } };
  const doubted = async (part: Seek) => {
    const rows = await db.studyPrediction.findMany({
      where: {
        AND: [
          {
            modelId,
            study: { AND: [where, inTheOpen] },
            ...(cohort === "ANY" ? {} : { cohort }),
            lowestConfidence: { not: null },
          },
          behind(["lowestConfidence", "studyId"], part),
        ],
      },
      orderBy: [{ lowestConfidence: direction }, { studyId: direction }],
      take: part.take,
      select: { study: { include } },
    });
    return rows.map(({ study }) => study);
  };
  const others = (part: Seek) =>
    db.study.findMany({
      where: { AND: [where, { NOT: { AND: [hasDoubt, inTheOpen] } }, behind(["id"], part)] },
      orderBy: { id: direction },
      take: part.take,
      include,
    });
  const isAmongOthers = seek.key !== null && seek.key[0] === null;
  const ofOthers = isAmongOthers ? { ...seek, key: seek.key!.slice(1) } : { ...seek, key: null };
  // In the list's order the others come second, in its reverse first.
  const parts =
    seek.direction === "after"
      ? [...(isAmongOthers ? [] : [() => doubted(seek)]), (take: number) => others({ ...ofOthers, take })]
      : [
          ...(isAmongOthers ? [(take: number) => others({ ...ofOthers, take })] : []),
          (take: number) => doubted({ ...(isAmongOthers ? { ...seek, key: null } : seek), take }),
        ];
  const studies: ListedStudy[] = [];
  for (const part of parts) {
    if (studies.length >= seek.take) break;
    studies.push(...(await part(seek.take - studies.length)));
  }
  return studies;
}
