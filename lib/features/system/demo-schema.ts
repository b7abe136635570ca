import { z } from "zod";

/** Removing the demo names the number of phantoms that the person was shown: it removes nothing else. */
export const RemoveDemo = z.strictObject({ patients: z.int() });

/** The demo's accounts have addresses of this domain. */
export const demoDomain = "@demo.sulcus";

/** Why the demo cannot be removed now. */
export type DemoRefusal = "phantom-model-in-production" | "job-under-way";

/** What the demo holds, and what removing it removes. */
export interface DemoContents {
  /** Phantom patients. */
  patients: number;
  slices: number;
  /** Labels of people on phantoms. */
  peoplesLabels: number;
  /** Drawings on phantoms that are not saved as labels. */
  drafts: number;
  /** Candidates made on phantoms, which are retired. */
  candidates: number;
  /** Addresses of the demo's accounts that are deactivated. */
  accounts: string[];
  refusals: DemoRefusal[];
}
