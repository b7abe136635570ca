/** Jobs that need nothing but their payload, and may be asked for again as they were. */
const repeatable = new Set(["predict-slices", "explain-slice", "compare-model", "collect-unused"]);

/**
 * Whether a failed job can be repeated by one press. An archive's bytes are gone after a failed import, and a training run
 * is asked for with its settings.
 */
export function isRepeatable(kind: string): boolean {
  return repeatable.has(kind);
}
