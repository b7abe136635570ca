import { AUGMENTATION_LIMITS, type AugmentationLimits } from "./fine-tune/augment-slice";

/** Everything that decides the numbers of a fit, with the data and the first weights. */
export interface FitOptions {
  /** Unsigned 32-bit: the order of slices and the dropout masks of every epoch follow from it. */
  seed: number;
  learningRate: number;
  /** L2, added to the gradient, biases included: the weight decay of `torch.optim.Adam`. */
  weightDecay: number;
  batchSize: number;
  /** Share of hidden values set to 0 while fitting, in [0, 1). */
  dropout: number;
  /** Epochs at most. */
  maxEpochs: number;
  /**
   * Epochs in a row without a better validation loss before stopping; the best epoch's weights are kept. Null: all
   * epochs are fitted and the last one's weights are kept, so that the validation slices have no say in them.
   */
  patience: number | null;
  /** What a slice of each class, no tumor and tumor, weighs in the loss; null: alike. */
  classWeights: readonly [number, number] | null;
  /** Share of each target that is spread over both classes (Szegedy et al. 2016), in [0, 1). */
  labelSmoothing: number;
  /** Constant, or falling to 0 over all epochs along half a cosine (Loshchilov and Hutter 2017). */
  schedule: "constant" | "cosine";
}

/** Chosen by cross-validation (docs/protocol.md). A run's parameters begin with them, and with those of the base below. */
export const FIT_DEFAULTS: Omit<FitOptions, "seed"> = {
  learningRate: 3e-5,
  weightDecay: 1e-3,
  batchSize: 64,
  dropout: 0.3,
  maxEpochs: 10,
  patience: null,
  classWeights: null,
  labelSmoothing: 0,
  schedule: "constant",
};

/** Everything that decides the numbers of a fine-tuning, with the data and the parent's weights. */
export interface FineTuneOptions {
  /** Unsigned 32-bit: order and augmentation of every epoch follow from it. */
  seed: number;
  learningRate: number;
  /** Steps over which the learning rate rises from 0: Adam's first steps are as large as its later ones. */
  warmUpSteps: number;
  /** L2 on kernels; biases, gammas and betas are left alone. */
  weightDecay: number;
  batchSize: number;
  /** What the mask loss weighs beside the class loss: it keeps the proposed masks valid. */
  maskWeight: number;
  maxEpochs: number;
  /** Epochs in a row without a better validation loss before stopping. */
  patience: number;
  augmentation: AugmentationLimits;
}

export const FINE_TUNE_DEFAULTS: Omit<FineTuneOptions, "seed"> = {
  learningRate: 2e-5,
  warmUpSteps: 100,
  weightDecay: 1e-4,
  batchSize: 16,
  maskWeight: 1,
  maxEpochs: 20,
  patience: 4,
  augmentation: AUGMENTATION_LIMITS,
};
