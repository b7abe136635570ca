import { z } from "zod";
import type { JobView } from "@/lib/records/job-view";

export const JobId = z.strictObject({ jobId: z.uuid() });
/** One failed job, or all where none is named. */
export const MarkSeen = z.strictObject({ jobId: z.uuid().optional() });

/** Which jobs, or imports, a list shows: failed ones, or those of them that nobody has marked as seen. */
export const shownStates = ["all", "failed", "unseen"] as const;
export const ShownJobs = z.strictObject({ show: z.enum(shownStates).default("all") });
export type ShownJobs = z.output<typeof ShownJobs>;

/** What a job works on, by the record that has a page; names are made where they are shown. */
export type JobSubject =
  | { kind: "import"; id: string; name: string }
  | { kind: "run"; id: string; number: number }
  | { kind: "model"; id: string; number: number }
  | { kind: "slice"; studyId: string; study: string; position: number };

/** A job in the list of all. */
export interface ListedJob extends JobView {
  /** Null where it works on nothing that has a page. */
  about: JobSubject | null;
  /** True where asking for it again is one press. */
  mayRetry: boolean;
  /** Name of who has seen that it failed. */
  seenBy: string | null;
}
