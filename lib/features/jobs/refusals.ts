/** What features of jobs refuse. */
export type JobRefusal = { code: "job-not-failed" } | { code: "job-not-repeatable" };

declare module "@/lib/platform/errors" {
  interface Refusals {
    jobs: JobRefusal;
  }
}
