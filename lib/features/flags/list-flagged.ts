import type { z } from "zod";
import { consistentRead, type Prisma, type Transaction } from "@/lib/platform/database";
import { type Actor, requirePermission, studiesReadableBy } from "@/lib/records/access";
import { behind, orderOf, readPage, type Seek } from "@/lib/records/pages";
import { type ShownFlags, shownFlags, whereShown } from "./flags-shown";
import { type FlaggedList, type FlaggedRow, flagReasons, type ListFlagged } from "./schema";

/** Slices that need review under the model in production, in the actor's scope, least certain first. */
export async function listFlagged(actor: Actor, input: z.infer<typeof ListFlagged>): Promise<FlaggedList> {
  requirePermission(actor, "study:read");
  // Flags and the predictions behind them are one model's.
  return consistentRead(async (db) => {
    const shown = await shownFlags(db, input);
    const page = await readPage(
      input.page,
      (seek) => readFlagged(db, whereShown(actor, shown), seek),
      ({ confidence, sliceId }) => [confidence, sliceId],
    );
    return {
      ...page,
      rows: await viewRows(db, shown.modelId, page.rows),
      total: await countFlagged(db, actor, shown),
      cohort: shown.cohort,
      testPatientsHidden: shown.blind,
    };
  });
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

/** Slices with a flag that a filter shows. */
export async function countFlagged(db: Transaction, actor: Actor, shown: ShownFlags): Promise<number> {
  const { modelId, cohort, reason, patients } = shown;
  // With a reason, a flag is a slice.
  if (reason !== "ANY") return db.flag.count({ where: whereShown(actor, shown) });
  const sums = await db.studyPrediction.aggregate({
    where: {
      modelId,
      flaggedSlices: { gt: 0 },
      ...(cohort === "ANY" ? {} : { cohort }),
      AND: [{ study: studiesReadableBy(actor) }, patients ? { study: { patient: patients } } : {}],
    },
    _sum: { flaggedSlices: true },
  });
  return sums._sum.flaggedSlices ?? 0;
}
