import type { JobView } from "@/lib/records/job-view";
import type { BadgeTone } from "./badge";

const kinds: Record<string, string> = {
  "inspect-archive": "Checking an archive",
  "import-archive": "Importing an archive",
  "predict-slices": "Predicting slices",
  "explain-slice": "Making a heatmap",
  "train-model": "Training a model",
  "compare-model": "Comparing a model with production",
  "collect-unused": "Removing what nothing uses",
};

/** What a job does, in the user's words. */
export function jobName(kind: string): string {
  return kinds[kind] ?? kind;
}

interface Look {
  word: string;
  mark: string;
  tone: BadgeTone;
}

const looks: Record<JobView["status"], Look> = {
  WAITING: { word: "waiting", mark: "◌", tone: "neutral" },
  RUNNING: { word: "running", mark: "▶", tone: "accent" },
  DONE: { word: "done", mark: "✓", tone: "ok" },
  FAILED: { word: "failed", mark: "✕", tone: "flag" },
  CANCELLED: { word: "cancelled", mark: "■", tone: "neutral" },
};

/** Where a job stands: word, shape and colour. */
export function jobLook(job: Pick<JobView, "status" | "cancelRequested">): Look {
  if (job.status === "RUNNING" && job.cancelRequested) return { word: "stopping", mark: "◧", tone: "human" };
  return looks[job.status];
}

export function isUnderWay(job: Pick<JobView, "status">): boolean {
  return job.status === "WAITING" || job.status === "RUNNING";
}
