import { type HeadWeights, initialHead } from "@/lib/science/network/head";
import { roundToHalf } from "@/lib/science/network/head-artifact";
import { calibratedP, fitTemperature, tumorMargins } from "@/lib/science/training/calibrate";
import { chooseThreshold } from "@/lib/science/training/choose-threshold";
import type { EpochReport, FitOptions } from "@/lib/science/training/fit-head";
import { fitHead, type LabelledFeatures } from "@/lib/science/training/fit-head";
import type { HeadCheckpoint } from "@/lib/science/training/fit-state";
import { headLogits } from "@/lib/science/training/head-logits";
import { pickBackend } from "./backend";

export interface CalibratedClassifier {
  /** Rounded to half precision, as its artifact stores it: everything below was measured on it. */
  head: HeadWeights;
  temperature: number;
  /** P(tumor) at and above this is called tumor: the largest F1 on the validation slices. */
  threshold: number;
  /** Expected calibration error on the validation slices, before and after the temperature; null where undefined. */
  eceBefore: number | null;
  eceAfter: number | null;
}

export interface FittedClassifier extends CalibratedClassifier {
  bestEpoch: number;
  epochs: number;
}

export interface FitClassifierInput {
  train: LabelledFeatures;
  validation: LabelledFeatures;
  options: FitOptions;
  resumeFrom?: HeadCheckpoint;
  signal?: AbortSignal;
  onEpoch?: (report: EpochReport, checkpoint: () => HeadCheckpoint) => void | Promise<void>;
}

/**
 * Fits the plain head, then its temperature and threshold on the validation slices: how every model of the product
 * is made, the shipped one too. The same input gives the same numbers on the same backend.
 */
export async function fitClassifier(input: FitClassifierInput): Promise<FittedClassifier> {
  const { tf } = await pickBackend();
  const { train, validation, options, resumeFrom, signal, onEpoch } = input;
  const initial = initialHead(options.seed);
  const fitted = await fitHead(tf, { train, validation, initial, options, resumeFrom, signal, onEpoch });
  const calibrated = await calibrateClassifier(fitted.head, validation, signal);
  return { ...calibrated, bestEpoch: fitted.bestEpoch, epochs: fitted.epochs };
}

/** A fitted head as its artifact will store it, with the temperature and threshold of its validation slices. */
export async function calibrateClassifier(
  fitted: HeadWeights,
  validation: LabelledFeatures,
  signal?: AbortSignal,
): Promise<CalibratedClassifier> {
  const { tf } = await pickBackend();
  const head = roundToHalf(fitted);
  const margins = tumorMargins(await headLogits(tf, head, validation.features, signal));
  const { calibration, eceBefore, eceAfter } = fitTemperature(margins, validation.truth);
  const { threshold } = chooseThreshold(validation.truth, calibratedP(margins, calibration));
  return { head, temperature: calibration.temperature, threshold, eceBefore, eceAfter };
}
