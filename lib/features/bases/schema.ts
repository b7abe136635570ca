/**
 * What a base's graph can give of an image: `features` `[8192]`, `mask` logits `[64, 64]`, `gap` (its own class score,
 * a logit). A Keras ResNet50 without a top gives features alone.
 */
export const baseOutputs = ["features", "mask", "gap"] as const;
export type BaseOutput = (typeof baseOutputs)[number];

/** A base as people see it. */
export interface BaseView {
  sha256: string;
  name: string;
  parent: { sha256: string; name: string } | null;
  /** The run that fine-tuned it; null for the shipped one and for imported ones. */
  run: { id: string; number: number } | null;
  /** How many patients it or an ancestor has seen. */
  seenPatients: number;
  outputs: BaseOutput[];
  card: Record<string, unknown>;
  /** Models that stand on it. */
  models: number;
  /** Whether the production model is one of them. */
  inProduction: boolean;
  createdAt: Date;
}
