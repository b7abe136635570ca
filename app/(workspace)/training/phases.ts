import type { TrainingPhase } from "@/lib/features/runs/schema";

/** What a person reads of each phase of a training run. */
export const phaseWords: Record<TrainingPhase, { name: string; meaning: string }> = {
  snapshot: { name: "Snapshot", meaning: "freeze the labels, split by patient" },
  "fine-tune": { name: "Fine-tune", meaning: "train the base network itself" },
  embed: { name: "Embed", meaning: "run the backbone on images not seen before" },
  fit: { name: "Fit", meaning: "fit the heads, each without some of the patients" },
  calibrate: { name: "Calibrate", meaning: "stack heads, mask and neighbours; choose the threshold" },
  evaluate: { name: "Evaluate", meaning: "score patients that the model has not seen" },
  register: { name: "Register", meaning: "add the model as a candidate" },
};
