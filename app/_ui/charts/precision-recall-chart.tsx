import type { Figure } from "@/lib/science/metrics/figure";
import type { PrecisionRecallPoint } from "@/lib/science/metrics/precision-recall";
import { linePath } from "@/lib/science/plot/scale";
import { ChartFigure } from "./chart-figure";
import { type Counted, countedInWords, figureInWords } from "./in-words";
import { Plot } from "./plot";
import { OperatingPoint, thresholdInWords } from "./roc-chart";

const unit = [0, 0.25, 0.5, 0.75, 1];

/** Precision against recall (sensitivity); the dotted line is the share of tumor slices, which guessing reaches. */
export function PrecisionRecallChart({
  curve,
  averagePrecision,
  operatingPoint,
  threshold,
  prevalence,
  counted,
}: {
  /** By falling threshold. */
  curve: PrecisionRecallPoint[];
  averagePrecision: Figure;
  operatingPoint: { recall: number; precision: number } | null;
  threshold: number;
  /** Tumor slices over all slices. */
  prevalence: number;
  counted: Counted;
}) {
  const description = `Average precision ${figureInWords(averagePrecision)}, 95 % interval; ${countedInWords(counted)}.`;
  return (
    <ChartFigure
      title="Precision and recall"
      description={description}
      table={{
        columns: ["Threshold", "Recall", "Precision"],
        rows: curve.map((point) => [
          thresholdInWords(point.threshold),
          point.recall.toFixed(3),
          point.precision.toFixed(3),
        ]),
      }}
    >
      <Plot
        label={`Precision-recall curve. ${description}`}
        x={{ label: "Recall (sensitivity)", domain: [0, 1], ticks: unit }}
        y={{ label: "Precision", domain: [0, 1], ticks: unit }}
        height={300}
      >
        {({ x, y }) => (
          <>
            <line
              x1={x(0)}
              x2={x(1)}
              y1={y(prevalence)}
              y2={y(prevalence)}
              className="stroke-muted"
              strokeDasharray="2 4"
            />
            <text x={x(0.02)} y={y(prevalence) + 14} className="fill-muted">
              chance: {(prevalence * 100).toFixed(0)} % of slices have tumor
            </text>
            <path
              // Steps, not slopes: between two recalls the precision of the higher one holds, as average precision sums it.
              d={linePath(
                curve.flatMap((point, index): [number, number][] => {
                  const before = curve[index - 1];
                  const here: [number, number] = [x(point.recall), y(point.precision)];
                  return before ? [[x(before.recall), y(point.precision)], here] : [here];
                }),
              )}
              className="fill-none stroke-ai"
              strokeWidth="2"
            />
            {operatingPoint && (
              <OperatingPoint
                x={x(operatingPoint.recall)}
                y={y(operatingPoint.precision)}
                text={`threshold ${threshold.toFixed(2)}`}
                textSide="left"
              />
            )}
          </>
        )}
      </Plot>
    </ChartFigure>
  );
}
