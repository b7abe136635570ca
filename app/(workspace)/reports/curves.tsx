import { PrecisionRecallChart } from "@/app/_ui/charts/precision-recall-chart";
import { ReliabilityChart } from "@/app/_ui/charts/reliability-chart";
import { RocChart } from "@/app/_ui/charts/roc-chart";
import type { Cohort } from "@/lib/platform/generated/enums";
import type { MetricsReport } from "@/lib/science/metrics/evaluate";

/** The three curves of a report, with the operating threshold marked. */
export function Curves({ metrics, cohort }: { metrics: MetricsReport; cohort: Cohort }) {
  const { sensitivity, specificity, precision, threshold } = metrics;
  const counted = { patients: metrics.patients, slices: metrics.slices, cohort };
  return (
    <div className="grid gap-5 md:grid-cols-3 print:grid-cols-2">
      <RocChart
        curve={metrics.roc}
        auc={metrics.auc}
        threshold={threshold}
        counted={counted}
        operatingPoint={
          sensitivity.value !== null && specificity.value !== null
            ? { falsePositiveRate: 1 - specificity.value, sensitivity: sensitivity.value }
            : null
        }
      />
      <PrecisionRecallChart
        curve={metrics.precisionRecall}
        averagePrecision={metrics.averagePrecision}
        threshold={threshold}
        prevalence={metrics.slices > 0 ? metrics.tumorSlices / metrics.slices : 0}
        counted={counted}
        operatingPoint={
          sensitivity.value !== null && precision.value !== null
            ? { recall: sensitivity.value, precision: precision.value }
            : null
        }
      />
      <ReliabilityChart
        bins={metrics.reliability}
        ece={metrics.ece}
        eceIfCalibrated={metrics.eceIfCalibrated}
        counted={counted}
      />
    </div>
  );
}
