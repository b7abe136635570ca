/** What several features refuse. */
export type RecordsRefusal =
  | { code: "no-such-page" }
  | { code: "no-such-patient" }
  | { code: "no-such-study" }
  | { code: "no-such-slice" }
  | { code: "no-such-label" }
  | { code: "no-such-mask" }
  | { code: "no-such-proposed-mask" }
  | { code: "no-such-model" }
  | { code: "no-such-snapshot" };

declare module "@/lib/platform/errors" {
  interface Refusals {
    records: RecordsRefusal;
  }
}
