import { consistentRead, database, type Prisma } from "@/lib/platform/database";
import { notFound } from "@/lib/platform/errors";
import { type Actor, requirePermission, studiesReadableBy } from "@/lib/records/access";
import { flagsInTheOpen, isDecided, readsBlind } from "@/lib/records/blind-reading";
import { labelInclude, viewLabel } from "@/lib/records/label-view";
import { behind, orderOf, type Seek } from "@/lib/records/pages";
import { servingModelId } from "@/lib/records/serving-model";
import { isoDay } from "@/lib/records/study-row";
import { openingIndex } from "./opening-index";
import type { ImportedLabel, SliceView, StudyView } from "./schema";

const sliceInclude = (modelId: string) =>
  ({
    predictions: { where: { modelId }, include: { model: { select: { number: true, threshold: true } } } },
    currentLabel: { include: labelInclude },
    flags: { where: { modelId }, orderBy: { reason: "asc" } },
  }) satisfies Prisma.SliceInclude;

/** A study with all its slices in order, as the viewer needs it. Throws `not-found` outside the actor's scope. */
export async function findStudy(actor: Actor, { studyId }: { studyId: string }): Promise<StudyView> {
  requirePermission(actor, "study:read");
  // Predictions and flags are read of one model, also while another one is promoted.
  const { study, modelId, blind } = await consistentRead(async (db) => {
    const modelId = await servingModelId(db);
    const blind = await readsBlind(db);
    const study = await db.study.findFirst({
      where: { AND: [{ id: studyId }, studiesReadableBy(actor)] },
      include: { patient: true, slices: { orderBy: { position: "asc" }, include: sliceInclude(modelId) } },
    });
    return { study, modelId, blind };
  });
  if (!study) throw notFound({ code: "no-such-study" });

  const neighbour = (direction: Seek["direction"]) => {
    const seek = { key: [study.patientKey, study.key], direction, take: 1 };
    return database().study.findFirst({
      where: { AND: [studiesReadableBy(actor), behind(["patientKey", "key"], seek)] },
      orderBy: [{ patientKey: orderOf(seek) }, { key: orderOf(seek) }],
      select: { id: true },
    });
  };
  const [previous, next, imported] = await Promise.all([
    neighbour("before"),
    neighbour("after"),
    newestImported(studyId),
  ]);
  const keptForTesting = study.patient.split === "TEST";
  return {
    id: study.id,
    key: study.key,
    patientId: study.patientId,
    patientKey: study.patient.key,
    site: study.patient.site,
    cohort: study.patient.cohort,
    keptForTesting,
    studyDate: isoDay(study.studyDate),
    windowLow: study.windowLow,
    windowHigh: study.windowHigh,
    slices: study.slices.map((slice) =>
      viewSlice(slice, {
        imported: imported.get(slice.id) ?? null,
        isHidden: blind && keptForTesting && !isDecided(slice),
      }),
    ),
    previousStudyId: previous?.id ?? null,
    nextStudy: next && { id: next.id, firstSliceIds: await firstSliceIds(next.id, { modelId, blind }) },
  };
}

/** By slice, the newest label that an import brought. */
async function newestImported(studyId: string): Promise<Map<string, ImportedLabel>> {
  const labels = await database().label.findMany({
    // One that a person made stand again is a copy of it.
    where: { slice: { studyId }, source: "IMPORTED", undoneById: null },
    orderBy: { version: "asc" },
    select: { id: true, sliceId: true, labelClass: true, areaPixels: true, maskSha256: true },
  });
  return new Map(labels.map(({ sliceId, ...label }) => [sliceId, label]));
}

/** The slice that a study opens at and its neighbours, nearest first. */
async function firstSliceIds(
  studyId: string,
  { modelId, blind }: { modelId: string; blind: boolean },
): Promise<string[]> {
  const shown = { modelId, ...flagsInTheOpen(blind) };
  const slices = await database().slice.findMany({
    where: { studyId },
    orderBy: { position: "asc" },
    select: { id: true, flags: { where: shown, select: { reason: true } } },
  });
  const first = openingIndex(slices);
  return [0, 1, -1, 2, -2].flatMap((distance) => slices[first + distance]?.id ?? []);
}

function viewSlice(
  slice: Prisma.SliceGetPayload<{ include: ReturnType<typeof sliceInclude> }>,
  { imported, isHidden }: { imported: ImportedLabel | null; isHidden: boolean },
): SliceView {
  const prediction = isHidden ? undefined : slice.predictions[0];
  const label = slice.currentLabel;
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
          maskSha256: prediction.maskSha256,
        }
      : null,
    predictionHidden: isHidden && slice.predictions.length > 0,
    label: label ? viewLabel(label) : null,
    labelVersion: slice.labelVersion,
    imported,
    flags: isHidden ? [] : slice.flags.map((flag) => flag.reason),
  };
}
