import { unavailable } from "@/lib/platform/errors";
import type { FineTunePace } from "@/lib/science/training/fine-tune/measure-fine-tune";
import type { FineTuneScope } from "@/lib/science/training/fine-tune/network-parts";
import type { BackendName } from "../tensors/backend";

/** Whether fine-tuning runs on the processor here, where it takes days. */
export const runsOnCpu = (backend: BackendName) => backend === "wasm" || backend === "tfjs-node";

/**
 * Slices in one pass through the network. On a processor one by one, though two at once would be a fifth faster: during
 * a pass the process can neither stop nor say that it is alive.
 */
export const slicesAtOnce = (backend: BackendName) => (runsOnCpu(backend) ? 1 : 8);

/** What a fine-tuning is expected to take. */
export interface FineTuneCost extends FineTunePace {
  trainingSlices: number;
  validationSlices: number;
  maxEpochs: number;
  /** With all epochs; early stopping can only shorten it. */
  seconds: number;
}

export function fineTuneCost(
  pace: FineTunePace,
  counts: { trainingSlices: number; validationSlices: number; maxEpochs: number },
): FineTuneCost {
  const training = counts.trainingSlices * pace.secondsPerTrainingSlice;
  const validation = counts.validationSlices * pace.secondsPerValidationSlice;
  // The parent is validated too.
  const seconds = counts.maxEpochs * training + (counts.maxEpochs + 1) * validation;
  return { ...pace, ...counts, seconds };
}

/** Why it is not done on the processor, and what it would cost. */
export function refusedOnCpu(scope: FineTuneScope, cost: FineTuneCost) {
  const { seconds, trainingSlices, validationSlices, maxEpochs, secondsPerTrainingSlice } = cost;
  return unavailable({
    code: "fine-tuning-needs-gpu",
    scope,
    seconds,
    trainingSlices,
    validationSlices,
    maxEpochs,
    secondsPerTrainingSlice,
  });
}
