import { transaction } from "@/lib/platform/database";
import type { Refusal } from "@/lib/platform/errors";
import { notifyChange } from "@/lib/platform/jobs";
import { inLog } from "@/lib/platform/message";

/** Ends a run that failed or was cancelled, with a last line in its log. Safe to repeat: the first one counts. */
export async function endRun(
  runId: string,
  status: "FAILED" | "CANCELLED",
  error: Refusal | null,
): Promise<void> {
  await transaction(async (db) => {
    const { count } = await db.trainingRun.updateMany({
      where: { id: runId, finishedAt: null },
      data: { finishedAt: new Date() },
    });
    if (count === 0) return;
    await db.runLogLine.create({
      data: {
        runId,
        text: status === "FAILED" ? `The run failed: ${error && inLog(error)}` : "The run was cancelled",
      },
    });
    await notifyChange(db, "run", runId);
  });
}
