import { z } from "zod";

export const labelClasses = ["TUMOR", "NO_TUMOR", "CANNOT_TELL"] as const;

export const SaveLabel = z.strictObject({
  sliceId: z.uuid(),
  /** The label version on the reader's screen; 0 for none. */
  basedOn: z.number().int().min(0),
  /** The model whose prediction is on the reader's screen; null without one. */
  modelId: z.uuid().nullable(),
  labelClass: z.enum(labelClasses),
  /** What becomes of the mask: the production model's proposal, the current label's, or none. */
  mask: z.enum(["proposed", "current", "none"]),
  reason: z.string().trim().max(1000).optional(),
  /** Milliseconds the slice was open before this. */
  readingMs: z.number().int().min(0).max(86_400_000).optional(),
});
export type SaveLabel = z.infer<typeof SaveLabel>;

export const LabelId = z.strictObject({ labelId: z.uuid() });
