import { ChartFigure } from "./chart-figure";
import { Plot } from "./plot";
import { linePath, roundTicks } from "./scale";

export interface LossPoint {
  epoch: number;
  trainLoss: number;
  validationLoss: number;
}

/** Training and validation loss by epoch; the best validation epoch, whose weights are kept, is marked. */
export function LossChart({ epochs, maxEpochs }: { epochs: LossPoint[]; maxEpochs: number }) {
  const best = epochs.reduce<LossPoint | null>(
    (lowest, point) => (lowest === null || point.validationLoss < lowest.validationLoss ? point : lowest),
    null,
  );
  const losses = epochs.flatMap((point) => [point.trainLoss, point.validationLoss]).filter(Number.isFinite);
  const highest = losses.length > 0 ? Math.max(...losses) * 1.05 : 1;
  const last = Math.max(epochs.at(-1)?.epoch ?? 0, Math.min(maxEpochs, 10));
  const description = best
    ? `Cross-entropy by epoch. Lowest on validation: ${best.validationLoss.toFixed(4)} in epoch ${best.epoch}, whose weights are kept.`
    : "Cross-entropy by epoch. Nothing fitted yet.";
  return (
    <ChartFigure
      title="Loss"
      description={description}
      table={{
        columns: ["Epoch", "Training loss", "Validation loss"],
        rows: epochs.map((point) => [
          point.epoch,
          point.trainLoss.toFixed(4),
          point.validationLoss.toFixed(4),
        ]),
      }}
    >
      <p className="flex gap-4 text-sm text-muted" aria-hidden="true">
        <Key className="stroke-text" dash="5 4" name="training" />
        <Key className="stroke-ai" name="validation" />
      </p>
      <Plot
        label={`Loss curves. ${description}`}
        width={820}
        height={300}
        x={{
          label: "Epoch",
          domain: [1, Math.max(last, 2)],
          ticks: roundTicks(1, Math.max(last, 2), 8).filter(Number.isInteger),
        }}
        y={{ label: "Loss", domain: [0, highest] }}
      >
        {({ x, y }) => (
          <>
            <path
              d={linePath(epochs.map((point) => [x(point.epoch), y(point.trainLoss)]))}
              className="fill-none stroke-text"
              strokeWidth="1.5"
              strokeDasharray="5 4"
            />
            <path
              d={linePath(epochs.map((point) => [x(point.epoch), y(point.validationLoss)]))}
              className="fill-none stroke-ai"
              strokeWidth="2"
            />
            {best && (
              <g>
                <line
                  x1={x(best.epoch)}
                  x2={x(best.epoch)}
                  y1={y(best.validationLoss)}
                  y2={y(0)}
                  className="stroke-ai"
                  strokeDasharray="1 3"
                />
                <circle
                  cx={x(best.epoch)}
                  cy={y(best.validationLoss)}
                  r="4.5"
                  className="fill-bg stroke-ai"
                  strokeWidth="2"
                />
                <text
                  x={x(best.epoch) + (best.epoch > last / 2 ? -7 : 7)}
                  y={y(0) - 8}
                  textAnchor={best.epoch > last / 2 ? "end" : "start"}
                  className="fill-ai"
                >
                  best, epoch {best.epoch}
                </text>
              </g>
            )}
          </>
        )}
      </Plot>
    </ChartFigure>
  );
}

function Key({ className, dash, name }: { className: string; dash?: string; name: string }) {
  return (
    <span className="flex items-center gap-1.5">
      <svg width="22" height="6" aria-hidden="true">
        <line x1="0" x2="22" y1="3" y2="3" className={className} strokeWidth="2" strokeDasharray={dash} />
      </svg>
      {name}
    </span>
  );
}
