import { database } from "@/lib/platform/database";
import { notFound } from "@/lib/platform/errors";
import { type Actor, requirePermission, slicesReadableBy } from "@/lib/records/access";
import { blindInclude, isPredictionHidden } from "@/lib/records/blind-reading";
import type { HeatmapView } from "./heatmap-schema";
import { findKeptHeatmap, heatmapName } from "./kept-heatmap";

/**
 * A model's heatmap of a slice, which never changes, and an `etag` for it; null where it has not been made, and while the model's
 * prediction is hidden (blind reading).
 * Throws `not-found` outside the actor's scope and for a model that is none.
 */
export async function readHeatmap(
  actor: Actor,
  { sliceId, modelId }: { sliceId: string; modelId: string },
): Promise<(HeatmapView & { etag: string }) | null> {
  requirePermission(actor, "study:read");
  const slice = await database().slice.findFirst({
    where: { AND: [{ id: sliceId }, slicesReadableBy(actor)] },
    include: blindInclude,
  });
  if (!slice) throw notFound({ code: "no-such-slice" });
  const model = await database().model.findUnique({ where: { id: modelId } });
  if (!model) throw notFound({ code: "no-such-model" });
  if (await isPredictionHidden(database(), slice)) return null;
  const subject = { artifactSha256: model.artifactSha256, pixelHash: slice.pixelHash };
  const values = await findKeptHeatmap(subject);
  if (!values) return null;
  const side = Math.sqrt(values.length);
  const etag = heatmapName(subject).replaceAll("/", "-");
  return { rows: side, columns: side, values, modelNumber: model.number, etag };
}
