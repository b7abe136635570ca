import { bootstrapPatients } from "./bootstrap";
import { type CalibratedEce, eceIfCalibrated, type ReliabilityBin, reliabilityBins } from "./calibration";
import { type ClassificationReport, type Confusion, classificationReport, confusionAt } from "./confusion";
import { type MaskFigures, type MaskTally, maskFigures, patientDice } from "./dice";
import type { Figure } from "./figure";
import { type PrecisionRecallPoint, precisionRecallCurve } from "./precision-recall";
import { type RocPoint, rocAuc, rocCurve } from "./roc";
import { type FigureName, figureNames, type ScoredSlice, sliceStatistics } from "./slice-statistics";

/** One patient's slices at the report's threshold. */
export interface PatientFigures extends Confusion {
  patient: string;
  slices: number;
  tumorSlices: number;
  /** Null unless the patient has slices of both classes. */
  auc: number | null;
  /** Dice of the proposed masks over the patient's volume; null without masks. */
  dice: number | null;
}

/**
 * A classifier's figures on a set of slices, as plain JSON. Shares are in [0, 1]. Intervals resample patients;
 * they are null for fewer than two patients, as is every figure that the set leaves undefined.
 */
export interface MetricsReport extends Record<FigureName, Figure> {
  patients: number;
  slices: number;
  tumorSlices: number;
  /** P(tumor) at and above this is predicted tumor. */
  threshold: number;
  resamples: number;
  confusion: Confusion;
  classification: ClassificationReport;
  /** At most 200 points each. */
  roc: RocPoint[];
  precisionRecall: PrecisionRecallPoint[];
  reliability: ReliabilityBin[];
  /** To be read beside `ece`; reports of earlier versions have none. */
  eceIfCalibrated?: CalibratedEce;
  /** Figures of the proposed masks; null where no mask was compared. */
  masks: MaskFigures | null;
  /** In the order of their first slice. */
  perPatient: PatientFigures[];
}

export interface EvaluateOptions {
  /** Of the bootstrap; equal seeds give equal intervals. Default 1. */
  seed?: number;
  /** Bootstrap resamples, default 2000. */
  resamples?: number;
  /** Proposed and true masks of the same slices, counted with `tallyMasks`. */
  masks?: MaskTally;
}

/**
 * Scores slices pooled over patients that were held out whole. Never throws for lack of data: what an empty set
 * or one with a single class leaves undefined is null.
 */
export function evaluateSlices(
  rows: readonly ScoredSlice[],
  threshold: number,
  { seed = 1, resamples = 2000, masks = new Map() }: EvaluateOptions = {},
): MetricsReport {
  const truth = Uint8Array.from(rows, (row) => row.truth);
  const p = Float64Array.from(rows, (row) => row.p);
  const confusion = confusionAt(truth, p, threshold);

  const { patients, statistics } = sliceStatistics(rows, threshold);
  const intervals = bootstrapPatients(patients.length, statistics, { seed, resamples });
  const values = statistics(new Uint16Array(patients.length).fill(1));
  const figures = Object.fromEntries(
    figureNames.map((name, index) => [name, { value: values[index]!, ...intervals[index]! }]),
  ) as Record<FigureName, Figure>;

  return {
    ...figures,
    patients: patients.length,
    slices: rows.length,
    tumorSlices: confusion.tp + confusion.fn,
    threshold,
    resamples,
    confusion,
    classification: classificationReport(confusion),
    roc: rocCurve(truth, p),
    precisionRecall: precisionRecallCurve(truth, p),
    reliability: reliabilityBins(truth, p),
    eceIfCalibrated: eceIfCalibrated(p, { seed }),
    masks: maskFigures(masks, { seed, resamples }),
    perPatient: figuresByPatient(rows, threshold, masks),
  };
}

function figuresByPatient(
  rows: readonly ScoredSlice[],
  threshold: number,
  masks: MaskTally,
): PatientFigures[] {
  const slicesOf = new Map<string, ScoredSlice[]>();
  for (const row of rows) {
    const own = slicesOf.get(row.patient);
    if (own) own.push(row);
    else slicesOf.set(row.patient, [row]);
  }
  return [...slicesOf].map(([patient, own]) => {
    const truth = own.map((row) => row.truth);
    const p = own.map((row) => row.p);
    const confusion = confusionAt(truth, p, threshold);
    const mask = masks.get(patient);
    return {
      patient,
      slices: own.length,
      tumorSlices: confusion.tp + confusion.fn,
      ...confusion,
      auc: rocAuc(truth, p),
      dice: mask ? patientDice(mask) : null,
    };
  });
}
