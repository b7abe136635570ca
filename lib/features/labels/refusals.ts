/** What features of labels and drawings refuse. */
export type LabelRefusal =
  | { code: "drawings-are-peoples" }
  | { code: "labels-are-peoples" }
  /** The label that a drawing begins on is another slice's. */
  | { code: "base-label-elsewhere" }
  | { code: "other-strokes" }
  | { code: "drawing-id-taken" }
  | { code: "prediction-changed" }
  | { code: "drawn-mask-empty" }
  | { code: "mask-holds-tumor" }
  | { code: "no-mask-proposed-yet" }
  | { code: "model-proposes-no-masks" }
  | { code: "version-is-current" }
  /** The version took the slice's label back: there is nothing to restore. */
  | { code: "version-is-no-label" }
  | { code: "nothing-to-keep" }
  /** A label is kept whose class is another, or the model's is used that predicts another. */
  | { code: "other-class-on-file" }
  | { code: "decision-is-anothers" }
  | { code: "drawn-mask-size"; maskRows: number; maskColumns: number; rows: number; columns: number }
  | { code: "drawn-mask-damaged" }
  | { code: "newer-label" }
  | { code: "save-id-taken" }
  | { code: "drawing-too-large" }
  /** From 1. */
  | { code: "stroke-does-not-fit"; stroke: number; rows: number; columns: number };

declare module "@/lib/platform/errors" {
  interface Refusals {
    labels: LabelRefusal;
  }
}
