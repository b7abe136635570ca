import type { TestFigures } from "@/lib/features/training/finish-run";
import type { TrainingParameters } from "@/lib/features/training/schema";
import { compareModels } from "@/lib/science/metrics/compare";
import { encodeHeadArtifact } from "@/lib/science/network/head-artifact";
import { joinHeads } from "@/lib/science/network/join-heads";
import { type Classifier, type ModelOnBase, openClassifier, openModel } from "./classifier";
import { type CalibratedClassifier, calibrateClassifier } from "./fit-classifier";
import type { EnsembleHead } from "./fit-ensemble-head";
import type { Inference } from "./inference";
import { openBase } from "./open-base";
import { type EmbeddedSlices, labelledFeatures, readEmbedded, testSlices } from "./read-embedded";
import { scoreSlices, type TestSlice, tallyTestMasks } from "./score-slices";

/** A registered model that can be scored. */
export type ScorableModel = ModelOnBase & { id: string; temperature: number; threshold: number };

export interface FinishEnsembleInput {
  /** In the order of their index. */
  heads: readonly EnsembleHead[];
  /** All slices of the snapshot, in its order. */
  embedded: EmbeddedSlices;
  parameters: TrainingParameters;
  runId: string;
  inference: Inference;
  /** What the candidate is compared with on the test slices; null for nothing. */
  production: ScorableModel | null;
  /** Looked at between the parts of the work; its reason is thrown. */
  signal: AbortSignal;
  /** Called, and awaited, where evaluation begins. */
  onEvaluate(): Promise<void>;
}

export interface FinishedEnsemble {
  /** The model's file. */
  artifact: Uint8Array;
  temperature: number;
  threshold: number;
  /** What the model's card says of how it was made. */
  card: Record<string, unknown>;
  /** Null where there are no test slices. */
  scored: TestFigures | null;
}

/**
 * Makes one model of a run's heads: joins them, calibrates and chooses the threshold on the validation slices, and
 * scores it and production on the same test slices. The same input gives the same numbers.
 */
export async function finishEnsemble(input: FinishEnsembleInput): Promise<FinishedEnsemble> {
  const { heads, embedded, runId, inference, signal, onEvaluate } = input;
  const validation = labelledFeatures(embedded, "VALIDATION");
  const joined = joinHeads(heads.map(({ head }) => head));
  const fitted = await calibrateClassifier(joined, validation, signal);

  await onEvaluate();
  signal.throwIfAborted();
  const test = testSlices(embedded);
  const scored = test.length > 0 ? await scoreBoth(input, fitted, test) : null;

  return {
    artifact: encodeHeadArtifact(fitted.head, {
      base: inference.baseSha256,
      run: runId,
      temperature: String(fitted.temperature),
      threshold: String(fitted.threshold),
    }),
    temperature: fitted.temperature,
    threshold: fitted.threshold,
    card: {
      kind:
        heads.length === 1
          ? "plain head on cached features"
          : `mean of ${heads.length} plain heads on cached features`,
      epochs: Math.max(...heads.map(({ facts }) => facts.epochs)),
      bestEpoch: heads[0]!.facts.bestEpoch,
      heads: heads.map(({ facts }) => facts),
      calibration: { eceBefore: fitted.eceBefore, eceAfter: fitted.eceAfter },
    },
    scored,
  };
}

/** The candidate's figures and production's, by its own base, on the same slices, which neither has seen. */
async function scoreBoth(
  { inference, production, signal }: FinishEnsembleInput,
  fitted: CalibratedClassifier,
  test: TestSlice[],
): Promise<TestFigures> {
  const masks = await tallyTestMasks(test);
  const score = async (classifier: Classifier, threshold: number, slices = test, tally = masks) => {
    signal.throwIfAborted();
    return scoreSlices(classifier, threshold, slices, tally).finally(() => classifier.close());
  };
  const scoreProduction = async (model: ScorableModel) => {
    if (model.baseSha256 === inference.baseSha256)
      return score(await openModel(inference, model), model.threshold);
    const base = await openBase(model.baseSha256);
    const own = testSlices(
      await readEmbedded(
        base,
        test.map(({ slice }) => slice),
        signal,
      ),
    );
    return score(await openModel(base, model), model.threshold, own, await tallyTestMasks(own));
  };
  const own = await score(await openClassifier(inference, fitted.head, fitted.temperature), fitted.threshold);
  if (!production) return { metrics: own.metrics, production: null };
  const other = await scoreProduction(production);
  signal.throwIfAborted();
  const differences = compareModels(own, other);
  return {
    metrics: own.metrics,
    production: { modelId: production.id, metrics: other.metrics, differences },
  };
}
