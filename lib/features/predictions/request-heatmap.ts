import { database, transaction } from "@/lib/platform/database";
import { invalid, notFound } from "@/lib/platform/errors";
import { enqueue } from "@/lib/platform/jobs";
import { type Actor, requirePermission, slicesReadableBy } from "@/lib/records/access";
import { blindInclude, isPredictionHidden } from "@/lib/records/blind-reading";
import { countHourly } from "@/lib/records/count-hourly";
import { servingModel, servingModelId } from "@/lib/records/serving-model";
import type { HeatmapRequest } from "./heatmap-schema";
import { explainKey, explainSliceJob } from "./jobs";
import { findKeptHeatmap } from "./kept-heatmap";

/** Heatmaps that one account may have made in an hour: more than a reader looks at, less than keeps a worker busy for days. */
const mostAnHour = 2_000;

/**
 * Asks why the production model predicts what it does of a slice. A heatmap that is not there yet is made by a job:
 * asking again while that waits or runs returns the same one, asking after it failed queues another. The job's row
 * says who asked; nothing of the study changes.
 *
 * Throws `not-found` outside the actor's scope; `invalid` where no model is in production, it has not predicted the
 * slice, or its prediction is hidden (blind reading); `unavailable` for more an hour than an account may ask for.
 */
export async function requestHeatmap(
  actor: Actor,
  { sliceId }: { sliceId: string },
): Promise<HeatmapRequest> {
  requirePermission(actor, "study:read");
  const slice = await database().slice.findFirst({
    where: { AND: [{ id: sliceId }, slicesReadableBy(actor)] },
    include: {
      ...blindInclude,
      predictions: { where: { modelId: await servingModelId(database()) }, include: { model: true } },
    },
  });
  if (!slice) throw notFound({ code: "no-such-slice" });
  if (await isPredictionHidden(database(), slice)) throw invalid("sliceId", { code: "prediction-hidden" });
  const model = slice.predictions[0]?.model;
  if (!model) throw await nothingToExplain();
  const modelId = model.id;

  const subject = { artifactSha256: model.artifactSha256, pixelHash: slice.pixelHash };
  if (await findKeptHeatmap(subject)) return { state: "ready", modelId };

  await countHourly(actor, "heatmap", mostAnHour, (seconds) => ({ code: "too-many-heatmaps", seconds }));
  const payload = { sliceId, modelId };
  const jobId = await transaction((db) =>
    enqueue(db, explainSliceJob, payload, { key: explainKey(payload), requestedById: actor.id }),
  );
  return { state: "waiting", jobId, modelId };
}

async function nothingToExplain() {
  const model = await servingModel();
  return invalid(
    "sliceId",
    model ? { code: "slice-not-predicted", number: model.number } : { code: "nothing-to-explain" },
  );
}
