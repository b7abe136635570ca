import { database } from "@/lib/platform/database";
import type { TaskContext } from "@/workers/task";
import { tasks } from "@/workers/tasks";

/**
 * Does the steps of a training run in this process, one after the other, until the run has ended or comes to a step of
 * the kind `before`.
 */
export async function runSteps(
  runId: string,
  context: Omit<TaskContext, "jobId">,
  { before }: { before?: string } = {},
): Promise<void> {
  for (;;) {
    const step = await database().trainingStep.findFirst({
      where: { runId, finishedAt: null },
      orderBy: [{ jobId: "asc" }],
    });
    if (!step || step.kind === before) break;
    const { kind, index, jobId } = step;
    await tasks.get(kind)!.run({ runId, index }, { jobId, ...context });
    await database().job.update({ where: { id: jobId }, data: { status: "DONE", finishedAt: new Date() } });
  }
}
