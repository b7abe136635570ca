/** Slices by truth and predicted class; "positive" is tumor. */
export interface Confusion {
  tp: number;
  fp: number;
  tn: number;
  fn: number;
}

/** Shares in [0, 1]; null where the denominator is 0. */
export interface ConfusionFigures {
  accuracy: number | null;
  /** Mean of sensitivity and specificity; null unless both classes occur. */
  balancedAccuracy: number | null;
  sensitivity: number | null;
  specificity: number | null;
  precision: number | null;
  f1: number | null;
}

export interface ClassFigures {
  precision: number | null;
  recall: number | null;
  f1: number | null;
  /** Slices of this class (in an average: of all classes). */
  support: number;
}

/** Per class, then averages: `macro` counts classes alike, `weighted` by support. */
export interface ClassificationReport {
  noTumor: ClassFigures;
  tumor: ClassFigures;
  macro: ClassFigures;
  weighted: ClassFigures;
}

/** Counts slices; `p >= threshold` is predicted tumor. `truth` is 1 for tumor, else 0. */
export function confusionAt(truth: ArrayLike<number>, p: ArrayLike<number>, threshold: number): Confusion {
  const counts: Confusion = { tp: 0, fp: 0, tn: 0, fn: 0 };
  for (let index = 0; index < truth.length; index++) {
    if (p[index]! >= threshold) counts[truth[index] ? "tp" : "fp"]++;
    else counts[truth[index] ? "fn" : "tn"]++;
  }
  return counts;
}

/** Example: tp 2, fp 1, tn 3, fn 2 -> accuracy 5/8, sensitivity 1/2, specificity 3/4, precision 2/3, f1 4/7. */
export function confusionFigures({ tp, fp, tn, fn }: Confusion): ConfusionFigures {
  const sensitivity = ratio(tp, tp + fn);
  const specificity = ratio(tn, tn + fp);
  return {
    accuracy: ratio(tp + tn, tp + fp + tn + fn),
    balancedAccuracy: sensitivity === null || specificity === null ? null : (sensitivity + specificity) / 2,
    sensitivity,
    specificity,
    precision: ratio(tp, tp + fp),
    f1: ratio(2 * tp, 2 * tp + fp + fn),
  };
}

/**
 * The classification report of scikit-learn, except that an undefined figure, and an average over one, is null
 * where scikit-learn says 0. A class without slices counts in neither average.
 */
export function classificationReport({ tp, fp, tn, fn }: Confusion): ClassificationReport {
  const tumor = figuresOfClass(tp, fp, fn);
  const noTumor = figuresOfClass(tn, fn, fp);
  const present = [noTumor, tumor].filter(({ support }) => support > 0);
  return {
    noTumor,
    tumor,
    macro: average(present, () => 1),
    weighted: average(present, ({ support }) => support),
  };
}

function figuresOfClass(hits: number, falseAlarms: number, misses: number): ClassFigures {
  return {
    precision: ratio(hits, hits + falseAlarms),
    recall: ratio(hits, hits + misses),
    f1: ratio(2 * hits, 2 * hits + falseAlarms + misses),
    support: hits + misses,
  };
}

function average(classes: ClassFigures[], weightOf: (figures: ClassFigures) => number): ClassFigures {
  const mean = (name: "precision" | "recall" | "f1") => {
    let sum = 0;
    let weights = 0;
    for (const figures of classes) {
      const value = figures[name];
      if (value === null) return null;
      sum += value * weightOf(figures);
      weights += weightOf(figures);
    }
    return ratio(sum, weights);
  };
  return {
    precision: mean("precision"),
    recall: mean("recall"),
    f1: mean("f1"),
    support: classes.reduce((sum, { support }) => sum + support, 0),
  };
}

function ratio(part: number, whole: number): number | null {
  return whole > 0 ? part / whole : null;
}
