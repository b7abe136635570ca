/** Something that has just been done, and what takes it back; shown until the next thing is done. */
export interface Told {
  words: string;
  /** Whose slice it was, where another patient may be on the screen by now. */
  patientKey?: string;
  /** The decision that Ctrl Z takes back, or that Ctrl Y makes stand again. */
  takesBack: { labelId: string; verb: "Undo" | "Redo" } | null;
}
