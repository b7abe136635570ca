import { z } from "zod";

/** What an admin decides for the whole installation. */
export const Settings = z.strictObject({
  /** Whether what the model says of a test patient's slice is hidden until a person has decided on it. */
  blindTestPatients: z.boolean(),
});
export type Settings = z.infer<typeof Settings>;

/** The settings, and what they are about. */
export interface SettingsView extends Settings {
  /** Patients that are kept for testing. */
  testPatients: number;
  /** Their slices that no person has labelled. */
  undecidedSlices: number;
}
