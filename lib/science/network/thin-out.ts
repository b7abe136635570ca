/** The shipped golden file keeps every such value, to stay small. Both are odd, so that no channel or column is favoured. */
export const FEATURE_STEP = 31;
export const MASK_STEP = 7;

export const everyNth = (values: Float32Array, step: number) =>
  values.filter((_, index) => index % step === 0);
