import { linePath, roundTicks } from "@/lib/science/plot/scale";
import { ChartFigure } from "./chart-figure";
import { Plot, type PlotScales } from "./plot";

export interface LossPoint {
  /** Which head, from 0. */
  head: number;
  epoch: number;
  trainLoss: number;
  validationLoss: number;
}

/**
 * Training and validation loss by epoch. Of one head, with the best epoch where its weights are kept; of several, each
 * head's validation as a faint line and the means of the heads that were fitted that long.
 */
export function LossChart({
  of = "heads",
  kept = "best",
  epochs,
  maxEpochs,
}: {
  /** The base's loss is that of class and mask together, and its parent stays where no epoch is better. */
  of?: "heads" | "base";
  /** The epoch whose weights a head keeps. */
  kept?: "best" | "last";
  epochs: LossPoint[];
  maxEpochs: number;
}) {
  const heads = [...new Set(epochs.map((point) => point.head))].map((head) =>
    epochs.filter((point) => point.head === head),
  );
  const several = heads.length > 1;
  const curve = several ? meanByEpoch(epochs) : epochs;
  const best = several || kept === "last" ? null : lowest(epochs);
  const losses = epochs.flatMap((point) => [point.trainLoss, point.validationLoss]).filter(Number.isFinite);
  const highest = losses.length > 0 ? Math.max(...losses) * 1.05 : 1;
  const last = Math.max(curve.at(-1)?.epoch ?? 0, Math.min(maxEpochs, 10));
  const description = of === "base" ? describeBase(epochs) : describe(heads, kept);
  return (
    <ChartFigure
      title={of === "base" ? "Loss of the base network" : "Loss"}
      description={description}
      table={{
        columns: [...(several ? ["Head"] : []), "Epoch", "Training loss", "Validation loss"],
        rows: epochs.map((point) => [
          ...(several ? [point.head + 1] : []),
          point.epoch,
          point.trainLoss.toFixed(4),
          point.validationLoss.toFixed(4),
        ]),
      }}
    >
      <p className="flex gap-4 text-sm text-muted" aria-hidden="true">
        <Key className="stroke-text" dash="5 4" name={several ? "training, mean" : "training"} />
        <Key
          className="stroke-ai"
          name={of === "base" ? "validation" : several ? "patients left out, mean" : "patients left out"}
        />
        {several && <Key className="stroke-ai/40" name="patients left out, each head" />}
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
        {(scales) => (
          <>
            {several &&
              heads.map((points) => (
                <path
                  key={points[0]!.head}
                  d={validationPath(points, scales)}
                  className="fill-none stroke-ai/40"
                  strokeWidth="1"
                />
              ))}
            <path
              d={linePath(curve.map((point) => [scales.x(point.epoch), scales.y(point.trainLoss)]))}
              className="fill-none stroke-text"
              strokeWidth="1.5"
              strokeDasharray="5 4"
            />
            <path d={validationPath(curve, scales)} className="fill-none stroke-ai" strokeWidth="2" />
            {best && <Best point={best} last={last} scales={scales} />}
          </>
        )}
      </Plot>
    </ChartFigure>
  );
}

type Curve = Pick<LossPoint, "epoch" | "trainLoss" | "validationLoss">[];

const validationPath = (points: Curve, { x, y }: PlotScales) =>
  linePath(points.map((point) => [x(point.epoch), y(point.validationLoss)]));

function lowest(epochs: LossPoint[]): LossPoint | null {
  return epochs.reduce<LossPoint | null>(
    (best, point) => (best === null || point.validationLoss < best.validationLoss ? point : best),
    null,
  );
}

/** Means over the heads that have the epoch. */
function meanByEpoch(epochs: LossPoint[]): Curve {
  const numbers = [...new Set(epochs.map((point) => point.epoch))].sort((a, b) => a - b);
  return numbers.map((epoch) => {
    const points = epochs.filter((point) => point.epoch === epoch);
    const mean = (of: (point: LossPoint) => number) =>
      points.reduce((sum, point) => sum + of(point), 0) / points.length;
    return { epoch, trainLoss: mean((p) => p.trainLoss), validationLoss: mean((p) => p.validationLoss) };
  });
}

function describeBase(epochs: LossPoint[]): string {
  const best = lowest(epochs);
  const what = "Class and mask together (cross-entropy and Dice), by epoch.";
  return best
    ? `${what} Lowest on validation: ${best.validationLoss.toFixed(4)} in epoch ${best.epoch}; kept where it is below the parent's.`
    : what;
}

function describe(heads: LossPoint[][], kept: "best" | "last"): string {
  if (heads.length === 0) return "Cross-entropy by epoch. Nothing fitted yet.";
  const points = heads.map((own) => (kept === "best" ? lowest(own)! : own.at(-1)!));
  const losses = points.map(({ validationLoss }) => validationLoss);
  const [from, to] = [Math.min(...losses).toFixed(4), Math.max(...losses).toFixed(4)];
  const value = from === to ? from : `${from} to ${to}`;
  const of = heads.length === 1 ? "" : ` of ${heads.length} heads`;
  return kept === "best"
    ? `Cross-entropy by epoch${of}. On the patients that a head left out: ${value} in its best epoch, whose weights are kept.`
    : `Cross-entropy by epoch${of}. On the patients that a head left out: ${value} in its latest epoch. ` +
        "The last epoch's weights are kept, so these patients do not influence them.";
}

function Best({ point, last, scales: { x, y } }: { point: LossPoint; last: number; scales: PlotScales }) {
  const late = point.epoch > last / 2;
  return (
    <g>
      <line
        x1={x(point.epoch)}
        x2={x(point.epoch)}
        y1={y(point.validationLoss)}
        y2={y(0)}
        className="stroke-ai"
        strokeDasharray="1 3"
      />
      <circle
        cx={x(point.epoch)}
        cy={y(point.validationLoss)}
        r="4.5"
        className="fill-bg stroke-ai"
        strokeWidth="2"
      />
      <text
        x={x(point.epoch) + (late ? -7 : 7)}
        y={y(0) - 8}
        textAnchor={late ? "end" : "start"}
        className="fill-ai"
      >
        best, epoch {point.epoch}
      </text>
    </g>
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
