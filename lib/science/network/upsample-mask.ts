/**
 * The proposed mask of one slice: mask logits `[size, size]` (64 x 64) interpolated bilinearly to
 * `[rows, columns]` with half-pixel centres and edges held, 1 where the logit is above 0 and 0 elsewhere.
 * Interpolating logits and not probabilities keeps the contour where the network drew it.
 * Throws a `RangeError` where the logits are not square.
 */
export function upsampleMask(logits: Float32Array, rows: number, columns: number): Uint8Array {
  const size = Math.sqrt(logits.length);
  if (!Number.isInteger(size) || size === 0)
    throw new RangeError(`${logits.length} mask logits are not a square`);
  const vertical = interpolation(size, rows);
  const horizontal = interpolation(size, columns);
  const mask = new Uint8Array(rows * columns);
  for (let row = 0; row < rows; row++) {
    const { low: top, high: bottom, share: down } = vertical[row]!;
    for (let column = 0; column < columns; column++) {
      const { low: left, high: right, share: across } = horizontal[column]!;
      const upper = mix(logits[top * size + left]!, logits[top * size + right]!, across);
      const lower = mix(logits[bottom * size + left]!, logits[bottom * size + right]!, across);
      mask[row * columns + column] = mix(upper, lower, down) > 0 ? 1 : 0;
    }
  }
  return mask;
}

/** For each target position the two source positions around it and the share of the second. */
function interpolation(source: number, target: number) {
  return Array.from({ length: target }, (_, index) => {
    const position = Math.min(Math.max(((index + 0.5) * source) / target - 0.5, 0), source - 1);
    const low = Math.floor(position);
    return { low, high: Math.min(low + 1, source - 1), share: position - low };
  });
}

const mix = (first: number, second: number, share: number) => first + (second - first) * share;
