import { perCent } from "@/app/_ui/label-words";
import { linearScale, linePath } from "@/lib/science/plot/scale";
import { curveInWords, type NeighbourPoint } from "../label/neighbours";

interface Props {
  points: readonly NeighbourPoint[];
  /** Null where it is unknown. */
  threshold: number | null;
  onGoTo?(position: number): void;
}

const width = 262;
const height = 66;
const plot = { left: 22, right: width - 8, top: 6, bottom: height - 14 };

/** P(tumor) over a slice and its neighbours; a click goes to a slice. */
export function NeighbourCurve({ points, threshold, onGoTo }: Props) {
  const step = (plot.right - plot.left) / Math.max(1, points.length - 1);
  const x = (at: number) => (points.length === 1 ? width / 2 : plot.left + at * step);
  const y = linearScale([0, 1], [plot.bottom, plot.top]);
  const current = points.findIndex((point) => point.current);
  const words = curveInWords(points, threshold);
  return (
    <figure className="mt-2">
      <div className="relative">
        <svg
          role="img"
          aria-label={words}
          viewBox={`0 0 ${width} ${height}`}
          className="block h-auto w-full text-[10px]"
        >
          <path
            d={`M${plot.left} ${plot.top}V${plot.bottom}H${plot.right}`}
            className="fill-none stroke-line"
          />
          {threshold !== null && (
            <line
              x1={plot.left}
              x2={plot.right}
              y1={y(threshold)}
              y2={y(threshold)}
              className="stroke-muted"
              strokeDasharray="2 3"
            />
          )}
          <line x1={x(current)} x2={x(current)} y1={plot.top} y2={plot.bottom} className="stroke-edge" />
          {unbroken(points).map((piece) => (
            <path
              key={piece[0]!.at}
              d={linePath(piece.map(({ at, pTumor }): [number, number] => [x(at), y(pTumor)]))}
              className="fill-none stroke-ai"
              strokeWidth="1.25"
              strokeOpacity="0.8"
            />
          ))}
          {points.map(
            (point, at) =>
              point.pTumor !== null && (
                <Mark key={point.position} point={point} x={x(at)} y={y(point.pTumor)} />
              ),
          )}
          <g className="fill-muted">
            <text x={plot.left - 4} y={plot.top} dy="0.5em" textAnchor="end">
              1
            </text>
            <text x={plot.left - 4} y={plot.bottom} textAnchor="end">
              0
            </text>
            {ends(points, current).map((at) => (
              <text
                key={at}
                x={x(at)}
                y={height - 3}
                textAnchor="middle"
                className={at === current ? "fill-text font-semibold" : undefined}
              >
                {points[at]!.position}
              </text>
            ))}
          </g>
        </svg>
        {onGoTo &&
          points.map((point, at) => (
            <button
              key={point.position}
              type="button"
              // The keyboard has the arrow keys for this.
              tabIndex={-1}
              aria-label={`Go to ${pointName(point)}`}
              title={pointName(point)}
              onClick={() => onGoTo(point.position)}
              className="absolute inset-y-0 cursor-pointer rounded-sm hover:bg-white/5"
              style={{ left: `${((x(at) - step / 2) / width) * 100}%`, width: `${(step / width) * 100}%` }}
            />
          ))}
      </div>
      <figcaption className="text-muted">
        {words}
        <MarkLegend points={points} />
      </figcaption>
    </figure>
  );
}

/** A triangle for a flagged slice, a square for one that a person labelled, a dot else; the current one is ringed. */
function Mark({ point, x, y }: { point: NeighbourPoint; x: number; y: number }) {
  const { current, flagged, labelled } = point;
  return (
    <g>
      {current && <circle cx={x} cy={y} r="6" className="fill-none stroke-text" strokeWidth="1.25" />}
      {flagged && <path d={`M${x} ${y - 3.8}l3.6 6.4h-7.2z`} className="fill-flag" />}
      {!flagged && labelled && (
        <rect x={x - 2.6} y={y - 2.6} width="5.2" height="5.2" className="fill-human" />
      )}
      {!flagged && !labelled && <circle cx={x} cy={y} r="2.1" className="fill-ai" />}
    </g>
  );
}

function MarkLegend({ points }: { points: readonly NeighbourPoint[] }) {
  const flagged = points.some((point) => point.flagged);
  const labelled = points.some((point) => point.labelled);
  if (!flagged && !labelled) return null;
  return (
    <span className="flex gap-3">
      {flagged && (
        <span>
          <span className="text-flag">▲</span> flagged
        </span>
      )}
      {labelled && (
        <span>
          <span className="text-human">■</span> labelled by a person
        </span>
      )}
    </span>
  );
}

function pointName({ position, pTumor, hidden, flagged, labelled }: NeighbourPoint): string {
  const none = hidden ? "prediction hidden" : "no prediction";
  const parts = [`slice ${position}`, pTumor === null ? none : `P(tumor) ${perCent(pTumor)}`];
  if (flagged) parts.push("flagged");
  if (labelled) parts.push("labelled by a person");
  return parts.join(", ");
}

/** Places that are named on the axis: both ends and the current one, where they leave room for each other. */
function ends(points: readonly NeighbourPoint[], current: number): number[] {
  const last = points.length - 1;
  const far = [0, last].filter((end) => Math.abs(end - current) > 1);
  return [...far, current].sort((one, other) => one - other);
}

/** Points with a prediction in unbroken rows. */
function unbroken(points: readonly NeighbourPoint[]): { at: number; pTumor: number }[][] {
  const pieces: { at: number; pTumor: number }[][] = [];
  for (const [at, { pTumor }] of points.entries()) {
    if (pTumor === null) continue;
    if (at === 0 || points[at - 1]!.pTumor === null) pieces.push([]);
    pieces.at(-1)!.push({ at, pTumor });
  }
  return pieces;
}
