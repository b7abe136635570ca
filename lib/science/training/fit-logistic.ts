/** P = sigmoid(bias + sum of weight x input). */
export interface LogisticWeights {
  /** `[inputs]` */
  weights: Float64Array;
  bias: number;
}

export interface LogisticOptions {
  /** Ridge on the weights of standardised inputs, in units of slices: the penalty is `ridge / 2 x |weights|²`. */
  ridge: number;
  /** `[rows]`: what each row weighs; alike where not given. */
  rowWeights?: ArrayLike<number>;
}

/**
 * Logistic regression with a ridge by Newton's method (iteratively reweighted least squares; Hastie, Tibshirani and
 * Friedman 2009, 4.4.1). `inputs` is `[rows, width]` row by row, `truth` `[rows]`, 0 or 1. Inputs are standardised
 * inside, so that the ridge treats them alike; the weights that come back are for the inputs as they are. An input
 * that never varies gets the weight 0. With one class alone the bias is that of Platt's smoothed share.
 *
 * Deterministic: no randomness, sums in the order of the rows. Throws a `RangeError` for lengths that do not fit.
 */
export function fitLogistic(
  inputs: Float64Array,
  truth: ArrayLike<number>,
  { ridge, rowWeights }: LogisticOptions,
): LogisticWeights {
  const rows = truth.length;
  const width = rows === 0 ? 0 : inputs.length / rows;
  if (rows === 0 || !Number.isInteger(width))
    throw new RangeError(`${inputs.length} inputs are no whole number for each of ${rows} rows`);
  const { mean, deviation } = moments(inputs, rows, width);
  const standard = new Float64Array(inputs.length);
  for (let index = 0; index < inputs.length; index++) {
    const column = index % width;
    standard[index] = deviation[column] === 0 ? 0 : (inputs[index]! - mean[column]!) / deviation[column]!;
  }

  const size = width + 1;
  const solution = new Float64Array(size);
  let loss = penalisedLoss(standard, truth, rowWeights, solution, ridge);
  for (let iteration = 0; iteration < 50; iteration++) {
    const { gradient, hessian } = derivatives(standard, truth, rowWeights, solution, ridge);
    if (gradient.every((slope) => Math.abs(slope) < 1e-9 * rows)) break;
    const step = solve(hessian, gradient, size);
    let scale = 1;
    let next = solution;
    let nextLoss = loss;
    for (; scale > 1e-8; scale /= 2) {
      next = solution.map((value, index) => value - scale * step[index]!);
      nextLoss = penalisedLoss(standard, truth, rowWeights, next, ridge);
      if (nextLoss < loss) break;
    }
    if (!(nextLoss < loss)) break;
    solution.set(next);
    loss = nextLoss;
  }

  const weights = new Float64Array(width);
  let bias = solution[width]!;
  for (let column = 0; column < width; column++) {
    if (deviation[column] === 0) continue;
    weights[column] = solution[column]! / deviation[column]!;
    bias -= weights[column]! * mean[column]!;
  }
  return { weights, bias };
}

/** Logits, `[rows]`, of `inputs`, `[rows, width]`. */
export function logisticMargins(inputs: Float64Array, { weights, bias }: LogisticWeights): Float64Array {
  const width = weights.length;
  return Float64Array.from({ length: inputs.length / width }, (_, row) => {
    let sum = bias;
    for (let column = 0; column < width; column++) sum += weights[column]! * inputs[row * width + column]!;
    return sum;
  });
}

function moments(inputs: Float64Array, rows: number, width: number) {
  const mean = new Float64Array(width);
  const deviation = new Float64Array(width);
  for (let index = 0; index < inputs.length; index++) mean[index % width]! += inputs[index]! / rows;
  for (let index = 0; index < inputs.length; index++)
    deviation[index % width]! += (inputs[index]! - mean[index % width]!) ** 2 / rows;
  for (let column = 0; column < width; column++) {
    const root = Math.sqrt(deviation[column]!);
    // Rounding alone must not be taken for variation.
    deviation[column] = root < 1e-9 * (1 + Math.abs(mean[column]!)) ? 0 : root;
  }
  return { mean, deviation };
}

function penalisedLoss(
  inputs: Float64Array,
  truth: ArrayLike<number>,
  rowWeights: ArrayLike<number> | undefined,
  solution: Float64Array,
  ridge: number,
): number {
  const width = solution.length - 1;
  let loss = 1e-6 * solution[width]! ** 2;
  for (let column = 0; column < width; column++) loss += (ridge / 2) * solution[column]! ** 2;
  for (let row = 0; row < truth.length; row++) {
    const logit = logitAt(inputs, row, solution);
    const cost = Math.max(logit, 0) - truth[row]! * logit + Math.log1p(Math.exp(-Math.abs(logit)));
    loss += (rowWeights?.[row] ?? 1) * cost;
  }
  return loss;
}

function derivatives(
  inputs: Float64Array,
  truth: ArrayLike<number>,
  rowWeights: ArrayLike<number> | undefined,
  solution: Float64Array,
  ridge: number,
) {
  const size = solution.length;
  const width = size - 1;
  const gradient = new Float64Array(size);
  const hessian = new Float64Array(size * size);
  const row = new Float64Array(size).fill(1);
  for (let index = 0; index < truth.length; index++) {
    for (let column = 0; column < width; column++) row[column] = inputs[index * width + column]!;
    const p = 1 / (1 + Math.exp(-logitAt(inputs, index, solution)));
    const weight = rowWeights?.[index] ?? 1;
    const error = weight * (p - truth[index]!);
    const curvature = weight * p * (1 - p);
    for (let one = 0; one < size; one++) {
      gradient[one]! += error * row[one]!;
      for (let other = 0; other <= one; other++)
        hessian[one * size + other]! += curvature * row[one]! * row[other]!;
    }
  }
  for (let column = 0; column < width; column++) {
    gradient[column]! += ridge * solution[column]!;
    // A trace keeps it solvable where an input never varies and the ridge is 0.
    hessian[column * size + column]! += ridge + 1e-9;
  }
  gradient[width]! += 2e-6 * solution[width]!;
  hessian[width * size + width]! += 2e-6;
  return { gradient, hessian };
}

function logitAt(inputs: Float64Array, row: number, solution: Float64Array): number {
  const width = solution.length - 1;
  let sum = solution[width]!;
  for (let column = 0; column < width; column++) sum += solution[column]! * inputs[row * width + column]!;
  return sum;
}

/** Solves `matrix x = vector` for a symmetric positive matrix of which the lower half is given (Cholesky). */
function solve(matrix: Float64Array, vector: Float64Array, size: number): Float64Array {
  const lower = matrix.slice();
  for (let column = 0; column < size; column++) {
    for (let row = column; row < size; row++) {
      let sum = lower[row * size + column]!;
      for (let index = 0; index < column; index++)
        sum -= lower[row * size + index]! * lower[column * size + index]!;
      lower[row * size + column] =
        row === column ? Math.sqrt(Math.max(sum, 1e-12)) : sum / lower[column * size + column]!;
    }
  }
  const solution = vector.slice();
  for (let row = 0; row < size; row++) {
    for (let index = 0; index < row; index++) solution[row]! -= lower[row * size + index]! * solution[index]!;
    solution[row]! /= lower[row * size + row]!;
  }
  for (let row = size - 1; row >= 0; row--) {
    for (let index = row + 1; index < size; index++)
      solution[row]! -= lower[index * size + row]! * solution[index]!;
    solution[row]! /= lower[row * size + row]!;
  }
  return solution;
}
