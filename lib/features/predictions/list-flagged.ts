import type { z } from "zod";
import { consistentRead, type Prisma } from "@/lib/platform/database";
import { pageCount, pageSize } from "../studies/pages";
import { type Actor, requirePermission, slicesReadableBy } from "../users/access";
import type { FlaggedList, ListFlagged } from "./schema";

/** Slices that need eyes, in the actor's scope, most doubtful first. */
export async function listFlagged(actor: Actor, input: z.infer<typeof ListFlagged>): Promise<FlaggedList> {
  requirePermission(actor, "study:read");
  const { reason, cohort, page } = input;
  const where: Prisma.PredictionWhereInput = {
    model: { state: "PRODUCTION" },
    slice: {
      AND: [
        slicesReadableBy(actor),
        { flags: { some: reason === "ANY" ? {} : { reason } } },
        cohort === "ANY" ? {} : { study: { patient: { cohort } } },
      ],
    },
  };
  // Flags and the predictions that they were made of are one model's.
  const { predictions, ...place } = await consistentRead(async (db) => {
    const total = await db.prediction.count({ where });
    const pages = pageCount(total);
    const current = Math.min(page, pages);
    const predictions = await db.prediction.findMany({
      where,
      orderBy: [{ confidence: "asc" }, { sliceId: "asc" }],
      skip: (current - 1) * pageSize,
      take: pageSize,
      include: {
        slice: {
          include: {
            study: { include: { patient: true } },
            flags: { orderBy: { reason: "asc" } },
            labels: { orderBy: { version: "desc" }, take: 1 },
          },
        },
      },
    });
    return { predictions, total, page: current, pages };
  });
  const rows = predictions.map(({ slice, ...prediction }) => ({
    sliceId: slice.id,
    studyId: slice.studyId,
    patientKey: slice.study.patient.key,
    studyKey: slice.study.key,
    position: slice.position,
    reasons: slice.flags.map((flag) => flag.reason),
    pTumor: prediction.pTumor,
    confidence: prediction.confidence,
    predictedClass: prediction.predictedClass,
    labelClass: slice.labels[0]?.labelClass ?? null,
  }));
  return { rows, ...place };
}
