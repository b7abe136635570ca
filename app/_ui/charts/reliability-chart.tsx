import type { CalibratedEce, ReliabilityBin } from "@/lib/science/metrics/calibration";
import type { Figure } from "@/lib/science/metrics/figure";
import { linePath } from "@/lib/science/plot/scale";
import { ChartFigure } from "./chart-figure";
import { type Counted, countedInWords, figureInWords } from "./in-words";
import { Plot } from "./plot";

const unit = [0, 0.25, 0.5, 0.75, 1];

/** What P(tumor) promised against what was found, bin by bin; circles grow with the slices in a bin. */
export function ReliabilityChart({
  bins,
  ece,
  eceIfCalibrated,
  counted,
}: {
  bins: ReliabilityBin[];
  ece: Figure;
  /** Not known of reports of earlier versions. */
  eceIfCalibrated?: CalibratedEce;
  counted: Counted;
}) {
  const description = `Expected calibration error ${figureInWords(ece)}, 95 % interval; ${countedInWords(counted)}. ${ifCalibrated(eceIfCalibrated)}A circle grows with the slices in its bin.`;
  const filled = bins.flatMap((bin) =>
    bin.slices > 0 && bin.meanP !== null && bin.tumorShare !== null
      ? [{ ...bin, meanP: bin.meanP, tumorShare: bin.tumorShare }]
      : [],
  );
  const most = Math.max(1, ...filled.map((bin) => bin.slices));
  return (
    <ChartFigure
      title="Reliability of P(tumor)"
      description={description}
      table={{
        columns: ["P(tumor)", "Slices", "Mean P(tumor)", "Tumor found"],
        rows: bins.map((bin) => [
          `${bin.low.toFixed(2)} to ${bin.high.toFixed(2)}`,
          bin.slices,
          bin.meanP?.toFixed(3) ?? "–",
          bin.tumorShare?.toFixed(3) ?? "–",
        ]),
      }}
    >
      <Plot
        label={`Reliability diagram. ${description}`}
        x={{ label: "Mean P(tumor) in the bin", domain: [0, 1], ticks: unit }}
        y={{ label: "Share of tumor slices", domain: [0, 1], ticks: unit }}
        height={300}
      >
        {({ x, y }) => (
          <>
            <line x1={x(0)} y1={y(0)} x2={x(1)} y2={y(1)} className="stroke-muted" strokeDasharray="2 4" />
            <text x={x(0.98)} y={y(0.03)} textAnchor="end" className="fill-muted">
              dotted: perfect calibration
            </text>
            <path
              d={linePath(filled.map((bin) => [x(bin.meanP), y(bin.tumorShare)]))}
              className="fill-none stroke-ai"
              strokeWidth="1.5"
            />
            {filled.map((bin) => (
              <circle
                key={bin.low}
                cx={x(bin.meanP)}
                cy={y(bin.tumorShare)}
                r={2.5 + 8 * Math.sqrt(bin.slices / most)}
                className="fill-ai stroke-bg"
                fillOpacity="0.55"
              />
            ))}
          </>
        )}
      </Plot>
    </ChartFigure>
  );
}

/** Finite slices show some error whatever the classifier: what part of it is that of chance. */
function ifCalibrated(expected: CalibratedEce | undefined): string {
  if (expected?.value == null || expected.high === null) return "";
  return `On as many slices a perfectly calibrated model would show ${expected.value.toFixed(3)}, by chance up to ${expected.high.toFixed(3)}. `;
}
