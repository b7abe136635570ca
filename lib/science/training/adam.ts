/** First and second moments of one parameter array's gradient. */
export interface AdamMoments {
  first: Float32Array;
  second: Float32Array;
}

export interface AdamOptions {
  learningRate: number;
  /** Added to the gradient as `weightDecay * parameter` (L2, not decoupled). */
  weightDecay: number;
}

export const FIRST_DECAY = 0.9;
export const SECOND_DECAY = 0.999;
export const EPSILON = 1e-8;

/**
 * One step of Adam (Kingma and Ba 2015, arXiv:1412.6980) in place, with the constants and the L2 weight decay of
 * `torch.optim.Adam`, biases included. `step` is 1 for the first.
 *
 * On plain arrays rather than tensors: the state is then at hand for a checkpoint, the numbers do not depend on a
 * backend's element-wise kernels, and one pass over memory is faster than one per operation.
 */
export function adamStep(
  parameters: Float32Array,
  gradient: Float32Array,
  { first, second }: AdamMoments,
  step: number,
  { learningRate, weightDecay }: AdamOptions,
): void {
  const stepSize = learningRate / (1 - FIRST_DECAY ** step);
  const rootCorrection = 1 / Math.sqrt(1 - SECOND_DECAY ** step);
  for (let index = 0; index < parameters.length; index++) {
    const slope = gradient[index]! + weightDecay * parameters[index]!;
    const mean = FIRST_DECAY * first[index]! + (1 - FIRST_DECAY) * slope;
    const square = SECOND_DECAY * second[index]! + (1 - SECOND_DECAY) * slope * slope;
    first[index] = mean;
    second[index] = square;
    parameters[index]! -= (stepSize * mean) / (Math.sqrt(square) * rootCorrection + EPSILON);
  }
}
