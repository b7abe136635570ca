import type { TrainingPhase } from "@/lib/features/training/schema";

/** What a person reads of each phase of a training run. */
export const phaseWords: Record<TrainingPhase, { name: string; meaning: string }> = {
  snapshot: { name: "Snapshot", meaning: "freeze the labels, split by patient" },
  "fine-tune": { name: "Fine-tune", meaning: "train the base network itself" },
  embed: { name: "Embed", meaning: "run the backbone on images not seen before" },
  fit: { name: "Fit", meaning: "train the head until validation stops improving" },
  calibrate: { name: "Calibrate", meaning: "make P(tumor) mean what it says" },
  evaluate: { name: "Evaluate", meaning: "score patients it has not seen" },
  register: { name: "Register", meaning: "enter it as a candidate" },
};
