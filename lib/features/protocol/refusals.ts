/** What features of the annotation protocol refuse. */
export type ProtocolRefusal = { code: "no-such-protocol" } | { code: "newer-protocol" };

declare module "@/lib/platform/errors" {
  interface Refusals {
    protocol: ProtocolRefusal;
  }
}
