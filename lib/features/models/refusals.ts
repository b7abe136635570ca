import type { ModelState } from "@/lib/platform/generated/enums";
import type { FigureSays, VerdictSays } from "@/lib/science/metrics/gate";

/** Why a model must not go into production; no reason overrides it. */
export type PromotionRefusal =
  | { code: "already-in-production"; number: number }
  | { code: "was-rejected"; number: number }
  | { code: "phantoms-beside-patients" }
  | { code: "model-file-damaged"; number: number }
  | { code: "not-compared"; number: number; production: number }
  /** The figures that failed. */
  | { code: "gate-refuses"; number: number; production: number; figures: FigureSays[] }
  | { code: "asked-for-by-same-person"; number: number };

/** What features of models refuse. */
export type ModelRefusal =
  | { code: "not-promotable"; because: PromotionRefusal[] }
  | { code: "promotion-needs-reason"; number: number; verdict: VerdictSays | null }
  | { code: "no-model-to-go-back-to" }
  | { code: "not-in-production" }
  | { code: "took-no-place"; number: number }
  | { code: "in-production"; number: number }
  | { code: "nothing-to-compare"; verdict: VerdictSays }
  | { code: "no-patient-unseen-by-both"; number: number; production: number }
  | { code: "production-cannot-leave"; number: number }
  | { code: "has-left-already"; number: number; state: "REJECTED" | "RETIRED" }
  | { code: "cannot-leave"; number: number; state: ModelState; to: "REJECTED" | "RETIRED" };

declare module "@/lib/platform/errors" {
  interface Refusals {
    models: ModelRefusal;
  }
}
