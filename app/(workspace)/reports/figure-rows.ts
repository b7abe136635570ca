import type { ForestRow } from "@/app/_ui/charts/forest";
import type { MetricsReport } from "@/lib/science/metrics/evaluate";
import type { FigureName } from "@/lib/science/metrics/slice-statistics";

const words: { name: FigureName; title: string; meaning: string; lowerIsBetter?: true }[] = [
  { name: "accuracy", title: "Accuracy", meaning: "correctly classified slices" },
  { name: "balancedAccuracy", title: "Balanced accuracy", meaning: "mean of sensitivity and specificity" },
  { name: "sensitivity", title: "Sensitivity", meaning: "tumor slices found" },
  { name: "specificity", title: "Specificity", meaning: "tumor-free slices called no tumor" },
  { name: "precision", title: "Precision", meaning: "positive predictive value" },
  { name: "f1", title: "F1", meaning: "harmonic mean of precision and sensitivity" },
  { name: "auc", title: "ROC AUC", meaning: "a tumor slice ranks above a tumor-free one" },
  { name: "averagePrecision", title: "Average precision", meaning: "area under precision and recall" },
  { name: "brier", title: "Brier score", meaning: "squared error of P(tumor)", lowerIsBetter: true },
  { name: "ece", title: "ECE", meaning: "calibration error, 15 equal bins", lowerIsBetter: true },
];

/** The figures of one report, or of several on the same patients, as rows of a forest chart. */
export function figureRows(...reports: MetricsReport[]): ForestRow[] {
  return words.map(({ name, title, meaning, lowerIsBetter }) => ({
    name: title,
    meaning,
    lowerIsBetter,
    figures: reports.map((report) => report[name]),
  }));
}
