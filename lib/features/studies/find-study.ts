import { consistentRead, database, type Prisma } from "@/lib/platform/database";
import { notFound } from "@/lib/platform/errors";
import { type Actor, requirePermission, studiesReadableBy } from "../users/access";
import { isoDay } from "./list-studies";
import { openingIndex } from "./opening-index";
import type { SliceView, StudyView } from "./schema";
import { labelInclude, viewLabel } from "./view-label";

const sliceInclude = {
  predictions: {
    where: { model: { state: "PRODUCTION" } },
    include: { model: { select: { number: true, threshold: true } } },
  },
  labels: { orderBy: { version: "desc" }, take: 1, include: labelInclude },
  flags: { orderBy: { reason: "asc" } },
} satisfies Prisma.SliceInclude;

/** A study with all its slices in order, as the viewer needs it. Throws `not-found` outside the actor's scope. */
export async function findStudy(actor: Actor, { studyId }: { studyId: string }): Promise<StudyView> {
  requirePermission(actor, "study:read");
  // Predictions and the flags made of them are one model's.
  const study = await consistentRead((db) =>
    db.study.findFirst({
      where: { AND: [{ id: studyId }, studiesReadableBy(actor)] },
      include: { patient: true, slices: { orderBy: { position: "asc" }, include: sliceInclude } },
    }),
  );
  if (!study) throw notFound("study");

  const place = { key: study.patient.key, study: study.key };
  const neighbour = (direction: "lt" | "gt") =>
    database().study.findFirst({
      where: {
        AND: [
          studiesReadableBy(actor),
          {
            OR: [
              { patient: { key: { [direction]: place.key } } },
              { patient: { key: place.key }, key: { [direction]: place.study } },
            ],
          },
        ],
      },
      orderBy: [
        { patient: { key: direction === "lt" ? "desc" : "asc" } },
        { key: direction === "lt" ? "desc" : "asc" },
      ],
      select: { id: true },
    });
  const [previous, next, importedMasks] = await Promise.all([
    neighbour("lt"),
    neighbour("gt"),
    newestImportedMasks(studyId),
  ]);
  return {
    id: study.id,
    key: study.key,
    patientId: study.patientId,
    patientKey: study.patient.key,
    site: study.patient.site,
    cohort: study.patient.cohort,
    studyDate: isoDay(study.studyDate),
    windowLow: study.windowLow,
    windowHigh: study.windowHigh,
    slices: study.slices.map((slice) => viewSlice(slice, importedMasks.get(slice.id))),
    previousStudyId: previous?.id ?? null,
    nextStudy: next && { id: next.id, firstSliceIds: await firstSliceIds(next.id) },
  };
}

/** By slice, the newest imported label that has a mask. */
async function newestImportedMasks(studyId: string): Promise<Map<string, string>> {
  const labels = await database().label.findMany({
    where: { slice: { studyId }, source: "IMPORTED", maskSha256: { not: null } },
    orderBy: { version: "asc" },
    select: { id: true, sliceId: true },
  });
  return new Map(labels.map(({ id, sliceId }) => [sliceId, id]));
}

/** The slice that a study opens at and its neighbours, nearest first. */
async function firstSliceIds(studyId: string): Promise<string[]> {
  const slices = await database().slice.findMany({
    where: { studyId },
    orderBy: { position: "asc" },
    select: { id: true, flags: { select: { reason: true } } },
  });
  const first = openingIndex(slices);
  return [0, 1, -1, 2, -2].flatMap((distance) => slices[first + distance]?.id ?? []);
}

function viewSlice(
  slice: Prisma.SliceGetPayload<{ include: typeof sliceInclude }>,
  importedMaskLabelId: string | undefined,
): SliceView {
  const prediction = slice.predictions[0];
  const label = slice.labels[0];
  return {
    id: slice.id,
    position: slice.position,
    rows: slice.rows,
    columns: slice.columns,
    rowSpacingMm: slice.rowSpacingMm,
    columnSpacingMm: slice.columnSpacingMm,
    orientation: slice.orientation,
    prediction: prediction
      ? {
          modelId: prediction.modelId,
          modelNumber: prediction.model.number,
          pTumor: prediction.pTumor,
          pTumorAlone: prediction.pTumorAlone,
          headSpread: prediction.headSpread,
          predictedClass: prediction.predictedClass,
          confidence: prediction.confidence,
          threshold: prediction.model.threshold,
          areaPixels: prediction.areaPixels,
          hasMask: prediction.maskSha256 !== null,
        }
      : null,
    label: label ? viewLabel(label) : null,
    importedMaskLabelId:
      importedMaskLabelId && importedMaskLabelId !== label?.id ? importedMaskLabelId : null,
    flags: slice.flags.map((flag) => flag.reason),
  };
}
