import type { z } from "zod";
import { consistentRead, type Prisma, type Transaction } from "@/lib/platform/database";
import { type Actor, requirePermission, slicesReadableBy, studiesReadableBy } from "@/lib/records/access";
import { shownCohort } from "@/lib/records/cohort-filter";
import { behind, orderOf, readPage, type Seek } from "@/lib/records/pages";
import { servingModelId } from "@/lib/records/serving-model";
import { type FlaggedList, type FlaggedRow, flagReasons, type ListFlagged } from "./schema";

/** Slices that need review under the model in production, in the actor's scope, least certain first. */
export async function listFlagged(actor: Actor, input: z.infer<typeof ListFlagged>): Promise<FlaggedList> {
  requirePermission(actor, "study:read");
  // Flags and the predictions behind them are one model's.
  return consistentRead(async (db) => {
    const modelId = await servingModelId(db);
    const cohort = await shownCohort(db, input.cohort);
    const shown = { modelId, cohort, reason: input.reason };
    const page = await readPage(
      input.page,
      (seek) => readFlagged(db, flagsShown(actor, shown), seek),
      ({ confidence, sliceId }) => [confidence, sliceId],
    );
    return {
      ...page,
      rows: await viewRows(db, modelId, page.rows),
      total: await countFlagged(db, actor, shown),
      cohort,
    };
  });
}

interface Shown {
  modelId: string;
  cohort: FlaggedList["cohort"];
  reason: z.infer<typeof ListFlagged>["reason"];
}

const flagsShown = (actor: Actor, { modelId, cohort, reason }: Shown): Prisma.FlagWhereInput => ({
  modelId,
  ...(cohort === "ANY" ? {} : { cohort }),
  ...(reason === "ANY" ? {} : { reason }),
  ...whereReadable(actor),
});

/** Left out where the actor may read everything: a join for nothing would make the list slow. */
function whereReadable(actor: Actor): Prisma.FlagWhereInput {
  const slice = slicesReadableBy(actor);
  return Object.keys(slice).length > 0 ? { slice } : {};
}

interface FlaggedSlice {
  sliceId: string;
  confidence: number;
}

/** A slice has a flag for each reason: flags of one slice follow each other, and count as one row. */
async function readFlagged(
  db: Transaction,
  where: Prisma.FlagWhereInput,
  seek: Seek,
): Promise<FlaggedSlice[]> {
  const order = orderOf(seek);
  const flags = await db.flag.findMany({
    where: { AND: [where, behind(["confidence", "sliceId"], seek)] },
    orderBy: [{ confidence: order }, { sliceId: order }],
    take: seek.take * flagReasons.length,
    select: { sliceId: true, confidence: true },
  });
  const slices = new Map(flags.map((flag) => [flag.sliceId, flag]));
  return [...slices.values()].slice(0, seek.take);
}

async function viewRows(db: Transaction, modelId: string, page: FlaggedSlice[]): Promise<FlaggedRow[]> {
  const predictions = await db.prediction.findMany({
    where: { modelId, sliceId: { in: page.map(({ sliceId }) => sliceId) } },
    include: {
      slice: {
        include: {
          study: { include: { patient: true } },
          currentLabel: { select: { labelClass: true } },
          flags: { where: { modelId }, orderBy: { reason: "asc" } },
        },
      },
    },
  });
  const bySlice = new Map(predictions.map((prediction) => [prediction.sliceId, prediction]));
  return page.flatMap(({ sliceId }) => {
    const prediction = bySlice.get(sliceId);
    if (!prediction) return [];
    const { slice } = prediction;
    return {
      sliceId,
      studyId: slice.studyId,
      patientKey: slice.study.patient.key,
      studyKey: slice.study.key,
      position: slice.position,
      reasons: slice.flags.map((flag) => flag.reason),
      pTumor: prediction.pTumor,
      confidence: prediction.confidence,
      predictedClass: prediction.predictedClass,
      labelClass: slice.currentLabel?.labelClass ?? null,
    };
  });
}

async function countFlagged(db: Transaction, actor: Actor, shown: Shown): Promise<number> {
  const { modelId, cohort, reason } = shown;
  // With a reason, a flag is a slice.
  if (reason !== "ANY") return db.flag.count({ where: flagsShown(actor, shown) });
  const sums = await db.studyPrediction.aggregate({
    where: {
      modelId,
      flaggedSlices: { gt: 0 },
      ...(cohort === "ANY" ? {} : { cohort }),
      AND: [{ study: studiesReadableBy(actor) }],
    },
    _sum: { flaggedSlices: true },
  });
  return sums._sum.flaggedSlices ?? 0;
}
