import type { AsWritten } from "@/lib/platform/message";
import type { Progress } from "@/lib/platform/progress";
import type { Samples } from "./samples";

export const progress: Samples<Progress | AsWritten> = {
  "as-written": { text: "Counting" },
  "checking-archive": {},
  "importing-study": { study: 2, studies: 3 },
  "scoring-models": { number: 2, production: 1 },
  "opening-network": { number: 1 },
  "predicting-slices": { number: 1 },
  "predicted-but-some": { number: 1, failed: 1 },
  "freezing-labels": {},
  "measuring-fine-tuning": { scope: "all" },
  "fine-tuning-takes": { scope: "last-stage", seconds: 7200 },
  "fine-tuning": {
    scope: "all",
    ...{ epoch: 1, maxEpochs: 2, slice: 3, slices: 8, slicesPerSecond: 0.25 },
  },
  "embedding-slices": {},
  "reading-features": { head: 1 },
  "fitting-head": { head: 1, epoch: 2, maxEpochs: 20 },
  "reading-heads": {},
  "stacking-heads": {},
  "scoring-test-patients": {},
  "entering-candidate": {},
  "removed-unused": { files: 2, bytes: 1.25e6, predictions: 3 },
};
