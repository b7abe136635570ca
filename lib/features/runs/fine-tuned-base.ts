import { database } from "@/lib/platform/database";
import { fineTuneBaseJob } from "./jobs";
import { FineTuneResult } from "./stages";

/** Hash of the base that a run has fine-tuned; null before it has, and where its parent was no worse. */
export async function fineTunedBase(runId: string): Promise<string | null> {
  const step = await database().trainingStep.findFirst({
    where: { runId, kind: fineTuneBaseJob.kind, finishedAt: { not: null } },
  });
  return step && FineTuneResult.parse(step.result).baseSha256;
}
