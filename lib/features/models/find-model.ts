import { z } from "zod";
import { database } from "@/lib/platform/database";
import { notFound } from "@/lib/platform/errors";
import { baseInclude, viewBase } from "../bases/view-base";
import { type Actor, requirePermission } from "../users/access";
import type { ModelView } from "./schema";
import { modelInclude, viewModel } from "./view-model";

const Card = z.record(z.string(), z.unknown()).catch({});

/** One model with what it is and how it was made. Throws `not-found`. */
export async function findModel(actor: Actor, { modelId }: { modelId: string }): Promise<ModelView> {
  requirePermission(actor, "model:read");
  const model = await database().model.findUnique({
    where: { id: modelId },
    include: { ...modelInclude, base: { include: baseInclude }, _count: { select: { predictions: true } } },
  });
  if (!model) throw notFound("model");
  return {
    ...viewModel(model),
    artifactSha256: model.artifactSha256,
    base: viewBase(model.base),
    threshold: model.threshold,
    temperature: model.temperature,
    seenPatients: model.seenPatients.length,
    card: Card.parse(model.card),
    predictions: model._count.predictions,
  };
}
