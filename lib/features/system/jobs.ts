import { type Transaction, transaction } from "@/lib/platform/database";
import { enqueue, jobContract } from "@/lib/platform/jobs";
import { CollectUnused } from "./collect-schema";

/** Removes what nothing uses. */
export const collectUnusedJob = jobContract("collect-unused", CollectUnused);

/** Queues the day's collection; at most one waits or runs. */
export function enqueueCollection(): Promise<string> {
  return transaction((db: Transaction) => enqueue(db, collectUnusedJob, {}, { key: collectUnusedJob.kind }));
}

declare module "@/lib/platform/progress" {
  interface ProgressMessages {
    system: { code: "removed-unused"; files: number; bytes: number; predictions: number };
  }
}
