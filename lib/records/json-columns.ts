import { z } from "zod";
import type { MetricsReport } from "@/lib/science/metrics/evaluate";
import type { Figure } from "@/lib/science/metrics/figure";
import { type FigureName, figureNames } from "@/lib/science/metrics/slice-statistics";

/**
 * What the database's JSON columns hold, one schema each; `TrainingRun.parameters` has its own file. Whoever reads a
 * column parses it with its schema, so that a row which another version wrote, or nobody of ours, is found where it
 * enters. Columns that belong to one feature alone have their schema there: job payloads (jobs.ts of the feature), step
 * results (runs/stages.ts), drafts' strokes, previews and reports of imports, what a worker says of its machine.
 */

const Value = z.number().nullable();
/** A figure with its interval. */
export const FigureJson = z.object({ value: Value, low: Value, high: Value }) satisfies z.ZodType<Figure>;
const Count = z.int().min(0);
const ClassFigures = z.object({ precision: Value, recall: Value, f1: Value, support: z.number() });

const eachFigure = <Schema extends z.ZodType>(schema: Schema) =>
  Object.fromEntries(figureNames.map((name) => [name, schema])) as Record<FigureName, Schema>;

/** `Evaluation.metrics`; rows by patient are in a table of their own, so `perPatient` is empty. */
export const Metrics = z.object({
  ...eachFigure(FigureJson),
  patients: Count,
  slices: Count,
  tumorSlices: Count,
  threshold: z.number(),
  resamples: Count,
  confusion: z.object({ tp: Count, fp: Count, tn: Count, fn: Count }),
  classification: z.object({
    noTumor: ClassFigures,
    tumor: ClassFigures,
    macro: ClassFigures,
    weighted: ClassFigures,
  }),
  roc: z.array(z.object({ falsePositiveRate: z.number(), sensitivity: z.number(), threshold: Value })),
  precisionRecall: z.array(z.object({ recall: z.number(), precision: z.number(), threshold: Value })),
  reliability: z.array(
    z.object({ low: z.number(), high: z.number(), slices: Count, meanP: Value, tumorShare: Value }),
  ),
  eceIfCalibrated: z.object({ value: Value, high: Value }).optional(),
  masks: z
    .object({
      patients: Count,
      slices: Count,
      tumorSlices: Count,
      pooled: FigureJson,
      patientMean: FigureJson,
      tumorSliceMean: FigureJson,
      emptySliceFalsePositivePixels: FigureJson,
    })
    .nullable(),
  perPatient: z.array(z.never()),
}) satisfies z.ZodType<MetricsReport>;

/** `Evaluation.differences`. */
export const Differences = z.object(eachFigure(FigureJson)) satisfies z.ZodType<Record<FigureName, Figure>>;

/** `Model.card` and `Base.card`: what it is and how it was made, for its page. */
export const Card = z.record(z.string(), z.unknown());

/** `Patient.clinical`: a row of the data set's clinical table. */
export const Clinical = z.record(z.string(), z.string()).nullable();

/** `TrainingRun.backend`; null until the fit begins. */
export const Backend = z
  .object({
    name: z.string(),
    version: z.string(),
    considered: z.array(z.object({ name: z.string(), taken: z.boolean(), reason: z.string() })),
  })
  .nullable();

/** `TrainingRun.secondsByPhase`: seconds of work. */
export const SecondsByPhase = z.record(z.string(), z.number());

/** `TrainingRun.phaseBeganAt`: ISO moments. */
export const PhaseBeganAt = z.record(z.string(), z.iso.datetime());
