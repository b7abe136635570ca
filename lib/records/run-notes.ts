import { z } from "zod";

const note = <Code extends string, Values extends z.ZodRawShape>(code: Code, values: Values) =>
  z.object({ code: z.literal(code), ...values });
const Count = z.int().min(0);

/** What a run can and cannot show: of its split, of what was drawn, of its base. Stored in `TrainingRun.notes`. */
export const RunNote = z.discriminatedUnion("code", [
  note("as-written", { text: z.string() }),
  note("split", { train: Count, trainSeen: Count, validation: Count, test: Count }),
  note("left-out", { patients: Count }),
  note("no-test-patient", {}),
  note("one-test-patient", {}),
  note("few-test-patients", { patients: Count }),
  note("some-test-patients", { patients: Count }),
  note("one-test-site", { site: z.string() }),
  note("no-tumor-to-test-on", {}),
  note("tumor-alone-to-test-on", {}),
  note("test-patients-of-one-class", { oneClass: Count, patients: Count }),
  note("tumor-in-every-test-patient", {}),
  note("validation-seen", { patients: Count }),
  note("nobody-to-train-on", {}),
  note("nobody-for-validation", {}),
  /** Of `patients` that there are, `drawn` were drawn by chance. */
  note("drawn-to-learn-from", { drawn: Count, patients: Count, maxSlices: Count }),
  note("drawn-to-test-on", { drawn: Count, patients: Count, maxSlices: Count }),
  /** Losses are those on the validation patients. */
  note("base-no-better", { epochs: Count, loss: z.number() }),
  note("base-fine-tuned", {
    epochs: Count,
    bestEpoch: Count,
    lossBefore: z.number(),
    lossAfter: z.number(),
  }),
]);
export type RunNote = z.output<typeof RunNote>;
export const RunNotes = z.array(RunNote);
