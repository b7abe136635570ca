/** What features of bases refuse. */
export type BaseRefusal =
  /** By its name, or its hash. */
  | { code: "no-such-base"; name: string }
  | { code: "base-name-length" }
  /** The same file is there, under this name. */
  | { code: "base-known"; name: string }
  | { code: "base-name-taken"; name: string }
  | { code: "seen-list-empty" }
  | { code: "no-patient-key"; text: string };

declare module "@/lib/platform/errors" {
  interface Refusals {
    bases: BaseRefusal;
  }
}
