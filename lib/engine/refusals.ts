import type { ArchiveProblem } from "@/lib/platform/archive-problem";
import type { ImageProblem } from "@/lib/science/imaging/image-problem";
import type { FineTuneScope } from "@/lib/science/training/fine-tune/network-parts";

/** What is refused where networks run. */
export type EngineRefusal =
  | { code: "base-not-installed"; sha256: string }
  /** `found`: the hash that its file has. */
  | { code: "base-damaged"; sha256: string; found: string }
  | { code: "base-gives-no-values" }
  | { code: "base-trains-otherwise"; difference: number; limit: number }
  | { code: "base-proposes-no-masks" }
  | { code: "base-of-model-missing"; number: number; base: string }
  | { code: "artifact-damaged"; number: number; artifact: string }
  | {
      code: "fine-tuning-needs-gpu";
      scope: FineTuneScope;
      seconds: number;
      trainingSlices: number;
      validationSlices: number;
      maxEpochs: number;
      secondsPerTrainingSlice: number;
    }
  | { code: "golden-unreadable"; cause: string }
  | { code: "golden-empty" }
  | { code: "golden-image-shape" }
  | { code: "golden-without-images" }
  | { code: "golden-needs-archive"; slice: string }
  | { code: "golden-holds-more"; output: string }
  | { code: "golden-length"; output: string; values: number }
  | { code: "golden-differs"; outputs: { output: string; difference: number }[]; limit: number }
  | { code: "data-unreadable"; path: string; problem: ArchiveProblem | ImageProblem }
  | { code: "data-lacks-slice"; path: string; slice: string }
  | { code: "data-without-label"; path: string }
  | { code: "data-without-seen-patient"; path: string; base: string }
  | { code: "simulation-needs-patients"; needed: number; patients: number }
  | {
      code: "simulation-needs-slices";
      initial: number;
      batch: number;
      rounds: number;
      needed: number;
      slices: number;
    };

declare module "@/lib/platform/errors" {
  interface Refusals {
    engine: EngineRefusal;
  }
}
