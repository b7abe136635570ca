import type { TestFigures } from "@/lib/features/models/save-comparison";
import type { ContextSlice } from "@/lib/features/training/read-context-slices";
import type { SnapshotSlice } from "@/lib/features/training/read-snapshot";
import { compareModels } from "@/lib/science/metrics/compare";
import { type Classifier, type ModelOnBase, openModel } from "./classifier";
import { readEmbedded } from "./embedded-snapshot";
import type { Inference } from "./inference";
import { openBase } from "./open-base";
import { scoreStudies, tallyTestMasks } from "./score-studies";

/** A registered model that can be scored. */
export type ScorableModel = ModelOnBase & { id: string; temperature: number; threshold: number };

/**
 * A candidate's figures on test slices and production's on the same ones, each by its own base, with their paired
 * differences. `classifier` is closed. Throws the signal's reason between the two.
 */
export async function scoreBesideProduction(
  inference: Inference,
  classifier: Classifier,
  threshold: number,
  production: ScorableModel | null,
  slices: readonly (SnapshotSlice | ContextSlice)[],
  signal: AbortSignal,
): Promise<TestFigures> {
  const own = await score(inference, classifier, threshold, slices, signal);
  if (!production) return { metrics: own.metrics, production: null };
  const base = await openBase(production.baseSha256);
  const other = await score(base, await openModel(base, production), production.threshold, slices, signal);
  const differences = compareModels(own, other);
  return {
    metrics: own.metrics,
    production: { modelId: production.id, metrics: other.metrics, differences },
  };
}

async function score(
  inference: Inference,
  classifier: Classifier,
  threshold: number,
  slices: readonly (SnapshotSlice | ContextSlice)[],
  signal: AbortSignal,
) {
  try {
    const embedded = await readEmbedded(inference, slices, signal);
    signal.throwIfAborted();
    return await scoreStudies(classifier, threshold, embedded, await tallyTestMasks(embedded));
  } finally {
    await classifier.close();
  }
}
