import { collectUnused } from "@/lib/features/system/collect-unused";
import { collectUnusedJob } from "@/lib/features/system/jobs";
import { inLog } from "@/lib/platform/message";
import { systemActor } from "@/lib/records/access";
import { task } from "../task";

/** The daily collection of what nothing uses. Safe to repeat: what was removed is not there a second time. */
export const collectUnusedTask = task(collectUnusedJob, async (_payload, { log, progress }) => {
  const { uploads, objects, derived, leftOvers, predictions } = await collectUnused(systemActor, {
    dryRun: false,
  });
  const files = [uploads, objects, derived, leftOvers];
  const count = files.reduce((sum, part) => sum + part.count, 0);
  const bytes = files.reduce((sum, part) => sum + part.bytes, 0);
  const removed = { code: "removed-unused", files: count, bytes, predictions } as const;
  progress(count + predictions, count + predictions, removed);
  log(inLog(removed));
});
