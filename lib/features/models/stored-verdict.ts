import { z } from "zod";
import { asWritten } from "@/lib/platform/message";
import { FigureJson } from "@/lib/records/json-columns";
import { type FigureSays, type GateVerdict, gateFigures, type VerdictSays } from "@/lib/science/metrics/gate";

const Count = z.int().min(0);
const Outcome = z.enum(["passed", "failed", "undecided"]);
const Name = z.enum(gateFigures);
const Measured = {
  figure: Name,
  value: z.number(),
  low: z.number(),
  high: z.number(),
  margin: z.number(),
};

const FigureSaysJson = z.discriminatedUnion("code", [
  z.object({ code: z.literal("figure-above-margin"), ...Measured }),
  z.object({ code: z.literal("figure-below-margin"), ...Measured }),
  z.object({ code: z.literal("figure-reaches-margin"), ...Measured }),
  z.object({ code: z.literal("figure-without-patients"), figure: Name }),
  z.object({ code: z.literal("figure-of-too-few"), figure: Name, patients: Count }),
  z.object({ code: z.literal("figure-without-interval"), figure: Name }),
]) satisfies z.ZodType<FigureSays>;

const OnPatients = { patients: Count, slices: Count };
const VerdictSaysJson = z.discriminatedUnion("code", [
  z.object({ code: z.literal("gate-passed"), ...OnPatients }),
  z.object({ code: z.literal("gate-failed"), ...OnPatients }),
  z.object({ code: z.literal("gate-undecided"), ...OnPatients }),
  z.object({ code: z.literal("gate-without-patients") }),
  z.object({ code: z.literal("gate-without-production") }),
]) satisfies z.ZodType<VerdictSays>;

const figure = {
  name: Name,
  outcome: Outcome,
  candidate: FigureJson.nullable(),
  production: FigureJson.nullable(),
  difference: FigureJson.nullable(),
};
const verdict = {
  outcome: z.enum([...Outcome.options, "no-production"]),
  margin: z.number(),
  patients: Count,
  slices: Count,
};
const Sentence = z.string().transform(asWritten);

const Verdict = z.object({
  ...verdict,
  says: VerdictSaysJson,
  figures: z.array(z.object({ ...figure, says: FigureSaysJson })),
}) satisfies z.ZodType<GateVerdict>;

/** Decisions are never changed: those of versions until 0.2.0 hold sentences. */
const VerdictInSentences = z
  .object({
    ...verdict,
    sentence: Sentence,
    figures: z.array(
      z
        .object({ ...figure, sentence: Sentence })
        .transform(({ sentence, ...rest }) => ({ ...rest, says: sentence })),
    ),
  })
  .transform(({ sentence, ...rest }) => ({ ...rest, says: sentence }));

/** `ModelDecision.verdict`: what the gate said when it was decided. */
export const StoredVerdict = z.union([Verdict, VerdictInSentences]);
export type StoredVerdict = z.output<typeof StoredVerdict>;
