/** Turns a margin (logit of tumor minus logit of no tumor) into P(tumor). */
export type Calibration =
  /** P = sigmoid(margin / temperature); 1 leaves the softmax as it is. */
  | { method: "temperature"; temperature: number }
  /** P = sigmoid(slope * margin + intercept). */
  | { method: "platt"; slope: number; intercept: number };

/** Margins that are logits of P(tumor) as they are: from stacking, or a head's before it is calibrated. */
export const UNCALIBRATED = { method: "temperature", temperature: 1 } as const satisfies Calibration;

/** `[slices]` from a head's logits, `[slices, 2]` in the order of `HEAD_CLASSES`. */
export function tumorMargins(logits: Float32Array): Float64Array {
  return Float64Array.from({ length: logits.length / 2 }, (_, slice) => {
    return logits[2 * slice + 1]! - logits[2 * slice]!;
  });
}

/** Calibrated P(tumor), `[slices]`. */
export function calibratedP(margins: ArrayLike<number>, calibration: Calibration): Float64Array {
  const [slope, intercept] =
    calibration.method === "temperature"
      ? [1 / calibration.temperature, 0]
      : [calibration.slope, calibration.intercept];
  return Float64Array.from(margins, (margin) => sigmoid(slope * margin + intercept));
}

export function sigmoid(logit: number): number {
  if (logit >= 0) return 1 / (1 + Math.exp(-logit));
  const power = Math.exp(logit);
  return power / (1 + power);
}
