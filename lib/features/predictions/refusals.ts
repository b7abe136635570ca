/** What features of predictions refuse. */
export type PredictionRefusal =
  | { code: "slice-not-predicted"; number: number }
  | { code: "nothing-to-explain" }
  | { code: "prediction-hidden" };

declare module "@/lib/platform/errors" {
  interface Refusals {
    predictions: PredictionRefusal;
  }
}
