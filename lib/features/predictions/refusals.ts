/** What features of predictions refuse. */
export type PredictionRefusal =
  | { code: "slice-not-predicted"; number: number }
  | { code: "nothing-to-explain" }
  | { code: "prediction-hidden" }
  | { code: "too-many-heatmaps"; seconds: number };

declare module "@/lib/platform/errors" {
  interface Refusals {
    predictions: PredictionRefusal;
  }
}
