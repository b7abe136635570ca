import { database } from "@/lib/platform/database";
import { notifyChangeNow } from "@/lib/platform/jobs";

/** Longer lines are cut. */
const longest = 2_000;

/** Adds a line to a run's log. `worker` is null for the system itself. Ids and figures only, never patient data. */
export async function appendRunLog(runId: string, worker: string | null, text: string): Promise<void> {
  await database().runLogLine.create({
    data: { runId, worker, text: text.replaceAll(/\s*\n\s*/g, " | ").slice(0, longest) },
  });
  await notifyChangeNow("run", runId);
}
