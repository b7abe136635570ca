import type { Figure } from "@/lib/science/metrics/figure";
import type { RocPoint } from "@/lib/science/metrics/roc";
import { linePath } from "@/lib/science/plot/scale";
import { ChartFigure } from "./chart-figure";
import { type Counted, countedInWords, figureInWords } from "./in-words";
import { Plot } from "./plot";

const unit = [0, 0.25, 0.5, 0.75, 1];

/** Receiver operating characteristic; the operating threshold is marked, the diagonal is guessing. */
export function RocChart({
  curve,
  auc,
  operatingPoint,
  threshold,
  counted,
}: {
  /** From (0, 0) to (1, 1). */
  curve: RocPoint[];
  auc: Figure;
  /** Null where sensitivity or specificity is undefined. */
  operatingPoint: { falsePositiveRate: number; sensitivity: number } | null;
  threshold: number;
  counted: Counted;
}) {
  const description = `AUC ${figureInWords(auc)}, 95 % interval; ${countedInWords(counted)}.`;
  return (
    <ChartFigure
      title="ROC curve"
      description={description}
      table={{
        columns: ["Threshold", "1 − specificity", "Sensitivity"],
        rows: curve.map((point) => [
          thresholdInWords(point.threshold),
          point.falsePositiveRate.toFixed(3),
          point.sensitivity.toFixed(3),
        ]),
      }}
    >
      <Plot
        label={`ROC curve. ${description}`}
        x={{ label: "1 − specificity", domain: [0, 1], ticks: unit }}
        y={{ label: "Sensitivity", domain: [0, 1], ticks: unit }}
        height={300}
      >
        {({ x, y }) => (
          <>
            <line x1={x(0)} y1={y(0)} x2={x(1)} y2={y(1)} className="stroke-muted" strokeDasharray="2 4" />
            <text x={x(0.98)} y={y(0.9)} textAnchor="end" className="fill-muted">
              dotted: chance
            </text>
            <path
              d={linePath(curve.map((point) => [x(point.falsePositiveRate), y(point.sensitivity)]))}
              className="fill-none stroke-ai"
              strokeWidth="2"
            />
            {operatingPoint && (
              <OperatingPoint
                x={x(operatingPoint.falsePositiveRate)}
                y={y(operatingPoint.sensitivity)}
                text={`threshold ${threshold.toFixed(2)}`}
                textSide="right"
              />
            )}
          </>
        )}
      </Plot>
    </ChartFigure>
  );
}

/** The first point of a curve lies above every P(tumor) and has no threshold. */
export function thresholdInWords(threshold: number | null): string {
  return threshold === null ? "above all" : threshold.toFixed(3);
}

export function OperatingPoint({
  x,
  y,
  text,
  textSide,
}: {
  x: number;
  y: number;
  text: string;
  textSide: "left" | "right";
}) {
  return (
    <g>
      <rect x={x - 4.5} y={y - 4.5} width="9" height="9" className="fill-bg stroke-text" strokeWidth="2" />
      <text
        x={textSide === "right" ? x + 10 : x - 10}
        y={y + 14}
        textAnchor={textSide === "right" ? "start" : "end"}
        className="fill-text"
      >
        {text}
      </text>
    </g>
  );
}
