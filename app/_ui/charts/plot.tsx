import type { ReactNode } from "react";
import { linearScale, roundTicks } from "@/lib/science/plot/scale";

export interface Axis {
  label: string;
  /** Lowest and highest value shown. */
  domain: [number, number];
  ticks?: number[];
  format?: (value: number) => string;
}

export interface PlotScales {
  x: (value: number) => number;
  y: (value: number) => number;
}

const margin = { top: 8, right: 12, bottom: 36, left: 46 };

/** Axes, grid and labels of a picture in two dimensions; `children` draws in it, in pixels given by the scales. */
export function Plot({
  label,
  x,
  y,
  width = 360,
  height = 260,
  children,
}: {
  /** What a screen reader says in place of the picture. */
  label: string;
  x: Axis;
  y: Axis;
  /** Pixels of the picture's own coordinates; it grows and shrinks with its place. */
  width?: number;
  height?: number;
  children: (scales: PlotScales) => ReactNode;
}) {
  const right = width - margin.right;
  const bottom = height - margin.bottom;
  const scales = {
    x: linearScale(x.domain, [margin.left, right]),
    y: linearScale(y.domain, [bottom, margin.top]),
  };
  const xTicks = x.ticks ?? roundTicks(...x.domain);
  const yTicks = y.ticks ?? roundTicks(...y.domain);
  const formatX = x.format ?? String;
  const formatY = y.format ?? String;
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${width} ${height}`}
      className="block h-auto w-full text-xs"
    >
      <g className="stroke-line" strokeWidth="1">
        {yTicks.map((tick) => (
          <line key={tick} x1={margin.left} x2={right} y1={scales.y(tick)} y2={scales.y(tick)} />
        ))}
        {xTicks.map((tick) => (
          <line key={tick} x1={scales.x(tick)} x2={scales.x(tick)} y1={bottom} y2={bottom + 4} />
        ))}
      </g>
      <g className="fill-muted">
        {xTicks.map((tick) => (
          <text key={tick} x={scales.x(tick)} y={bottom + 16} textAnchor="middle">
            {formatX(tick)}
          </text>
        ))}
        {yTicks.map((tick) => (
          <text key={tick} x={margin.left - 6} y={scales.y(tick)} dy="0.35em" textAnchor="end">
            {formatY(tick)}
          </text>
        ))}
        <text x={(margin.left + right) / 2} y={height - 4} textAnchor="middle">
          {x.label}
        </text>
        <text transform={`translate(11 ${(margin.top + bottom) / 2}) rotate(-90)`} textAnchor="middle">
          {y.label}
        </text>
      </g>
      {children(scales)}
    </svg>
  );
}
