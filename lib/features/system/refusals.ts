import type { DemoRefusal } from "./demo-schema";

/** What features of the installation refuse. */
export type SystemRefusal =
  | { code: "demo-changed" }
  | { code: "demo-not-removable"; because: DemoRefusal }
  /** More than half of the old objects are unused. */
  | { code: "objects-unnamed"; unused: number; objects: number }
  | { code: "no-worker-to-examine" };

declare module "@/lib/platform/errors" {
  interface Refusals {
    system: SystemRefusal;
  }
}
