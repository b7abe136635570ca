import type { Figure } from "@/lib/science/metrics/figure";
import { linearScale, roundTicks } from "@/lib/science/plot/scale";
import { FigureValue } from "./figure-value";

export interface ForestRow {
  name: string;
  /** What the figure says, in a few words. */
  meaning?: string;
  /** Printed after the name where a low figure is the good one. */
  lowerIsBetter?: boolean;
  /** One figure a series, in the series' order. */
  figures: Figure[];
}

export interface ForestSeries {
  name: string;
  shape: "disc" | "diamond";
}

const width = 260;
const rowHeight = 18;

/**
 * Figures with their 95 % intervals, one row each: the number in words beside a mark and its whisker on a common
 * scale. The picture repeats the table's own numbers, so it is hidden from screen readers.
 */
export function Forest({
  caption,
  rows,
  series,
}: {
  caption: string;
  rows: ForestRow[];
  series: ForestSeries[];
}) {
  const high = rows.filter((row) => !row.lowerIsBetter);
  const low = rows.filter((row) => row.lowerIsBetter);
  return (
    <table className="w-full border-collapse text-left tabular-nums">
      <caption className="sr-only">{caption}</caption>
      <thead className="text-sm text-muted">
        <tr>
          <th scope="col" className="py-1 pr-3 font-medium">
            Figure
          </th>
          {series.map((one) => (
            <th key={one.name} scope="col" className="py-1 pr-3 font-medium whitespace-nowrap">
              {series.length > 1 && <Key shape={one.shape} />}
              {one.name}
            </th>
          ))}
          <td className="w-[44%] min-w-40 py-1" />
        </tr>
      </thead>
      <Group rows={high} series={series} domain={domainOf(high, 1)} note="higher is better" />
      {low.length > 0 && (
        <Group rows={low} series={series} domain={domainOf(low, 0)} note="lower is better" />
      )}
    </table>
  );
}

function Group({
  rows,
  series,
  domain,
  note,
}: {
  rows: ForestRow[];
  series: ForestSeries[];
  domain: [number, number];
  note: string;
}) {
  const x = linearScale(domain, [8, width - 8]);
  const ticks = roundTicks(...domain, 4);
  const height = rowHeight * series.length + 6;
  return (
    <tbody>
      {rows.map((row) => (
        <tr key={row.name} className="border-t border-line align-middle">
          <th scope="row" className="py-1 pr-3 text-base font-medium text-text">
            {row.name}
            {row.meaning && <span className="block text-xs font-normal text-muted">{row.meaning}</span>}
          </th>
          {series.map((one, index) => (
            <td key={one.name} className="py-1 pr-3 text-base whitespace-nowrap">
              {row.figures[index] && <FigureValue figure={row.figures[index]} />}
            </td>
          ))}
          <td className="py-0">
            <svg viewBox={`0 0 ${width} ${height}`} className="block h-auto w-full" aria-hidden="true">
              {ticks.map((tick) => (
                <line key={tick} x1={x(tick)} x2={x(tick)} y1="0" y2={height} className="stroke-line" />
              ))}
              {series.map((one, index) => (
                <Mark
                  key={one.name}
                  figure={row.figures[index]}
                  shape={one.shape}
                  x={x}
                  y={height / 2 + (index - (series.length - 1) / 2) * (rowHeight - 2)}
                />
              ))}
            </svg>
          </td>
        </tr>
      ))}
      <tr>
        <td colSpan={series.length + 1} className="pb-2 text-right text-xs text-muted" />
        <td className="pb-2">
          <svg
            viewBox={`0 0 ${width} 26`}
            className="block h-auto w-full overflow-visible text-[8px]"
            aria-hidden="true"
          >
            {ticks.map((tick) => (
              <text key={tick} x={x(tick)} y="10" textAnchor="middle" className="fill-muted">
                {tick}
              </text>
            ))}
            <text x={width / 2} y="22" textAnchor="middle" className="fill-muted">
              {note}
            </text>
          </svg>
        </td>
      </tr>
    </tbody>
  );
}

function Mark({
  figure,
  shape,
  x,
  y,
}: {
  figure: Figure | undefined;
  shape: ForestSeries["shape"];
  x: (value: number) => number;
  y: number;
}) {
  if (!figure || figure.value === null) return null;
  const centre = x(figure.value);
  const colour = shape === "disc" ? "stroke-ai fill-ai" : "stroke-text fill-bg";
  return (
    <g className={colour} strokeWidth="1.5">
      {figure.low !== null && figure.high !== null && (
        <path
          d={`M${x(figure.low)} ${y}H${x(figure.high)}M${x(figure.low)} ${y - 3}v6M${x(figure.high)} ${y - 3}v6`}
          strokeDasharray={shape === "disc" ? undefined : "4 2"}
        />
      )}
      {shape === "disc" ? (
        <circle cx={centre} cy={y} r="3.5" />
      ) : (
        <path d={`M${centre} ${y - 5}l5 5l-5 5l-5 -5z`} />
      )}
    </g>
  );
}

function Key({ shape }: { shape: ForestSeries["shape"] }) {
  return (
    <svg
      width="12"
      height="12"
      viewBox="0 0 12 12"
      className="mr-1 inline-block align-[-1px]"
      aria-hidden="true"
    >
      {shape === "disc" ? (
        <circle cx="6" cy="6" r="4" className="fill-ai stroke-ai" />
      ) : (
        <path d="M6 1l5 5l-5 5l-5 -5z" className="fill-bg stroke-text" strokeWidth="1.5" />
      )}
    </svg>
  );
}

/** A scale that holds every interval, begins or ends at the perfect value and is never cut tighter than a tenth. */
function domainOf(rows: ForestRow[], perfect: 0 | 1): [number, number] {
  const values = rows
    .flatMap((row) => row.figures)
    .flatMap((figure) => [figure.low, figure.value, figure.high])
    .filter((value) => value !== null);
  if (perfect === 1) return [Math.max(0, Math.min(0.9, Math.floor(Math.min(1, ...values) * 10) / 10)), 1];
  return [0, Math.min(1, Math.max(0.1, Math.ceil(Math.max(0, ...values) * 20) / 20))];
}
