import type { TestFigures } from "@/lib/features/models/save-comparison";
import type { AnySnapshotSlice } from "@/lib/features/snapshots/read-snapshot";
import { compareModels } from "@/lib/science/metrics/compare";
import { openBase } from "../bases/open-base";
import { readEmbedded } from "../embedding/embedded-snapshot";
import type { Inference } from "../inference/inference";
import { type Classifier, type ModelOnBase, openModel } from "./classifier";
import { scoreStudies, tallyTestMasks } from "./score-studies";

/** A registered model that can be scored. */
export type ScorableModel = ModelOnBase & { id: string; temperature: number; threshold: number };

/**
 * A candidate's figures on test slices and production's on the same ones, each by its own base, with their paired
 * differences. `open` opens the candidate, which is closed again. Throws the signal's reason between the two.
 */
export async function scoreBesideProduction(
  inference: Inference,
  open: () => Promise<Classifier>,
  threshold: number,
  production: ScorableModel | null,
  slices: readonly AnySnapshotSlice[],
  signal: AbortSignal,
): Promise<TestFigures> {
  const test = await readTest(inference, slices, signal);
  const own = await score(open, threshold, test);
  if (!production) return { metrics: own.metrics, production: null };
  signal.throwIfAborted();
  const isSameBase = production.baseSha256 === inference.baseSha256;
  const base = isSameBase ? inference : await openBase(production.baseSha256);
  const others = isSameBase ? test : await readTest(base, slices, signal);
  const other = await score(() => openModel(base, production), production.threshold, others);
  const differences = compareModels(own, other);
  return {
    metrics: own.metrics,
    production: { modelId: production.id, metrics: other.metrics, differences },
  };
}

/** What a base says of the test slices, and its proposed masks beside the stated ones. */
async function readTest(inference: Inference, slices: readonly AnySnapshotSlice[], signal: AbortSignal) {
  const embedded = await readEmbedded(inference, slices, signal);
  signal.throwIfAborted();
  return { embedded, masks: await tallyTestMasks(embedded) };
}

async function score(
  open: () => Promise<Classifier>,
  threshold: number,
  { embedded, masks }: Awaited<ReturnType<typeof readTest>>,
) {
  const classifier = await open();
  try {
    return await scoreStudies(classifier, threshold, embedded, masks);
  } finally {
    await classifier.close();
  }
}
