/** What features of training runs refuse. */
export type RunRefusal =
  | { code: "no-such-run" }
  | { code: "too-few-labelled-patients" }
  | { code: "run-under-way"; number: number }
  /** By the name of the base that was asked for. */
  | { code: "int8-cannot-learn"; base: string }
  | { code: "base-cannot-learn"; base: string };

declare module "@/lib/platform/errors" {
  interface Refusals {
    runs: RunRefusal;
  }
}
