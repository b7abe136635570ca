import { z } from "zod";
import type { RunNote } from "@/lib/records/run-notes";
import type { TrainingParameters } from "@/lib/records/training-parameters";
import type { FineTuneScope } from "@/lib/science/training/fine-tune/network-parts";
import { FINE_TUNE_DEFAULTS } from "@/lib/science/training/fitting-options";
import type { FineTunedBackbone } from "./fine-tune-backbone";

/** What a base's card says of its terms, which go on to what is made of it. */
const Terms = z.object({ licence: z.string().optional() }).catch({});

/** The card of a fine-tuned base: where it comes from, how it was made, and its figures on the validation patients. */
export function fineTunedCard(
  parent: { sha256: string; name: string; card: unknown },
  result: FineTunedBackbone,
  made: {
    scope: FineTuneScope;
    parameters: TrainingParameters;
    seed: number;
    split: { train: string[]; validation: string[] };
    slices: { train: number; validation: number };
  },
): Record<string, unknown> {
  const { scope, parameters, seed, split, slices } = made;
  const { seed: _, ...options } = { ...FINE_TUNE_DEFAULTS, seed };
  return {
    kind: scope === "all" ? "fine-tuned base network" : "base network with a fine-tuned last stage",
    parent: parent.name,
    parentSha256: parent.sha256,
    ...Terms.parse(parent.card),
    learned:
      scope === "all"
        ? "all convolutions, mask decoder, class score"
        : "last stage (conv5), mask decoder, class score",
    normalization: "running statistics are the parent's, bit for bit; gamma and beta learned",
    settings: {
      ...options,
      maxEpochs: parameters.backboneEpochs,
      learningRate: parameters.backboneLearningRate,
    },
    seed,
    backend: result.backend,
    epochs: result.epochs,
    bestEpoch: result.bestEpoch,
    trainedOn: { patients: split.train.length, slices: slices.train },
    validatedOn: { patients: split.validation.length, slices: slices.validation },
    // Chosen on these patients, so optimistic: no figure of accuracy.
    validationBefore: result.before,
    validationAfter: result.after,
    slicesPerSecond: result.slicesPerSecond,
    peakMemoryMb: result.peakMemoryMb,
  };
}

/** What became of it, as a run's notes keep it. */
export function outcomeNote({ file, bestEpoch, epochs, before, after }: FineTunedBackbone): RunNote {
  if (!file) return { code: "base-no-better", epochs, loss: before.loss };
  return {
    code: "base-fine-tuned",
    epochs,
    bestEpoch,
    lossBefore: before.loss,
    lossAfter: after.loss,
  };
}
