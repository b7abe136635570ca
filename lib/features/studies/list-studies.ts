import type { z } from "zod";
import { consistentRead, type Prisma, type Transaction } from "@/lib/platform/database";
import { type Actor, requirePermission, studiesReadableBy } from "@/lib/records/access";
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
    const where: Prisma.StudyWhereInput = {
      AND: [
        studiesReadableBy(actor),
        input.search ? searched(input.search) : {},
        cohort === "ANY" ? {} : { cohort },
        filtered(db, input.filter, modelId),
      ],
    };
    const order = orders[input.order];
    const page = await readPage(
      input.page,
      (seek) => order.read(db, { where, cohort, modelId, seek }),
      (study) => order.key(study),
    );
    return { ...page, rows: page.rows.map(viewStudyRow), total: await db.study.count({ where }), cohort };
  });
}

function searched(search: string): Prisma.StudyWhereInput {
  const contains = { contains: search, mode: "insensitive" } as const;
  return { OR: [{ key: contains }, { patientKey: contains }] };
}

function filtered(
  db: Transaction,
  filter: z.infer<typeof ListStudies>["filter"],
  modelId: string,
): Prisma.StudyWhereInput {
  switch (filter) {
    case "all":
      return {};
    case "flagged":
      return { predictions: { some: { modelId, flaggedSlices: { gt: 0 } } } };
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
  seek: Seek;
}

interface Order {
  key(study: ListedStudy): Key;
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
    key: (study) => [study.predictions[0]?.lowestConfidence ?? null, study.id],
    read: readByDoubt,
  },
};

/** Studies with predictions by their lowest confidence, then the studies without any. */
async function readByDoubt(
  db: Transaction,
  { where, cohort, modelId, seek }: ListedAt,
): Promise<ListedStudy[]> {
  const direction = orderOf(seek);
  const include = studyRowInclude(modelId);
  const predicted = async (part: Seek) => {
    const rows = await db.studyPrediction.findMany({
      where: {
        AND: [
          { modelId, study: where, ...(cohort === "ANY" ? {} : { cohort }) },
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
      where: { AND: [where, { predictions: { none: { modelId } } }, behind(["id"], part)] },
      orderBy: { id: direction },
      take: part.take,
      include,
    });
  const isAmongOthers = seek.key !== null && seek.key[0] === null;
  const ofOthers = isAmongOthers ? { ...seek, key: seek.key!.slice(1) } : { ...seek, key: null };
  // In the list's order the others come second, in its reverse first.
  const parts =
    seek.direction === "after"
      ? [...(isAmongOthers ? [] : [() => predicted(seek)]), (take: number) => others({ ...ofOthers, take })]
      : [
          ...(isAmongOthers ? [(take: number) => others({ ...ofOthers, take })] : []),
          (take: number) => predicted({ ...(isAmongOthers ? { ...seek, key: null } : seek), take }),
        ];
  const studies: ListedStudy[] = [];
  for (const part of parts) {
    if (studies.length >= seek.take) break;
    studies.push(...(await part(seek.take - studies.length)));
  }
  return studies;
}
