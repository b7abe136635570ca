import { z } from "zod";
import { BaseSha256 } from "@/lib/records/base-sha256";
import { FINE_TUNE_DEFAULTS, FIT_DEFAULTS } from "@/lib/science/training/fitting-options";

/** Everything that decides a run's numbers. */
export const TrainingParameters = z.strictObject({
  learningRate: z.number().min(1e-7).max(1).default(FIT_DEFAULTS.learningRate),
  weightDecay: z.number().min(0).max(1).default(FIT_DEFAULTS.weightDecay),
  batchSize: z.number().int().min(1).max(1024).default(FIT_DEFAULTS.batchSize),
  dropout: z.number().min(0).max(0.9).default(FIT_DEFAULTS.dropout),
  /** Epochs; at most, where `patience` is given. */
  maxEpochs: z.number().int().min(1).max(500).default(FIT_DEFAULTS.maxEpochs),
  /** Epochs without a better loss on the fold that is left out before stopping; null: all epochs are fitted. */
  patience: z.number().int().min(1).max(500).nullable().default(FIT_DEFAULTS.patience),
  /** Heads of the ensemble, each fitted without a fold of the patients; fewer where there are fewer patients. */
  heads: z.number().int().min(1).max(20).default(5),
  /** The threshold finds at least this share of the tumor slices out of fold; null: the largest F1. */
  targetSensitivity: z.number().gt(0).max(1).nullable().default(null),
  /** What a reader's label weighs, an imported one weighing 1. */
  correctionWeight: z.number().min(0.1).max(100).default(1),
  /**
   * Labelled slices to learn from, and as many again to test on; beyond them whole patients are drawn. A slice takes
   * some 50 KB of memory while heads are fitted.
   */
  maxSlices: z.number().int().min(100).max(2_000_000).default(20_000),
  /**
   * Whether the base itself learns before the heads: not at all, its last stage, or all of it; the mask decoder and the
   * base's class score learn with it.
   */
  backbone: z.enum(["frozen", "last-stage", "all"]).default("frozen"),
  /** Epochs at most of the base, where it learns. */
  backboneEpochs: z.number().int().min(1).max(200).default(FINE_TUNE_DEFAULTS.maxEpochs),
  backboneLearningRate: z.number().min(1e-8).max(1).default(FINE_TUNE_DEFAULTS.learningRate),
  /** Lets the base learn without a graphics processor too, where it takes days. */
  forceCpu: z.boolean().default(false),
  /** The base that the heads stand on; asked for without one, a run takes production's, else the shipped one. */
  baseSha256: BaseSha256.optional(),
});
export type TrainingParameters = z.infer<typeof TrainingParameters>;
