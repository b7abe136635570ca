"use client";
import { useEffect, useMemo, useRef } from "react";
import { placement } from "@/lib/science/imaging/to-network-input";
import { cellCentre, upsampleGrid } from "@/lib/science/imaging/upsample-grid";
import { type Heatmap, peakOf, signedCells } from "../room/heatmap";
import type { LayerPlace } from "../room/picture/layer";
import { paintHeatmap } from "./heatmap-colours";

interface Props {
  heatmap: Heatmap;
  /** 0 to 1, of the strongest cell. */
  opacity: number;
  place: Pick<LayerPlace, "slice" | "matrix">;
}

/** A heatmap over the picture that it is of; nothing over another slice's. */
export function HeatmapLayer({ heatmap, opacity, place }: Props) {
  const { slice, matrix } = place;
  const canvas = useRef<HTMLCanvasElement>(null);
  const { rows, columns } = slice;
  const isOfSlice = heatmap.sliceId === slice.id;

  useEffect(() => {
    const context = isOfSlice && canvas.current?.getContext("2d");
    if (!context) return;
    const grid = upsampleGrid(heatmap.values, rows, columns);
    context.canvas.width = grid.columns;
    context.canvas.height = grid.rows;
    const pixels = paintHeatmap(grid.values, peakOf(heatmap));
    context.putImageData(new ImageData(pixels, grid.columns, grid.rows), 0, 0);
  }, [heatmap, isOfSlice, rows, columns]);

  const marks = useMemo(() => cellMarks(heatmap, rows, columns), [heatmap, rows, columns]);
  if (!isOfSlice) return null;

  const frame = placement(rows, columns);
  const [a, b, c, d, e, f] = matrix;
  const [across, down] = [columns / frame.columns, rows / frame.rows];
  const transform = `matrix(${[a * across, b * across, c * down, d * down, e, f].join(",")})`;
  return (
    <div
      data-heatmap={heatmap.modelId}
      className="pointer-events-none absolute inset-0 overflow-hidden"
      style={{ opacity }}
      aria-hidden="true"
    >
      {/* Its own size in CSS pixels, whatever a style sheet says of canvases: the matrix does the rest. */}
      <canvas
        ref={canvas}
        className="absolute top-0 left-0 block max-w-none origin-top-left"
        style={{ width: frame.columns, height: frame.rows, transform }}
      />
      <svg className="absolute inset-0 size-full" aria-hidden="true">
        {marks.map(({ x, y, sign }) => (
          <text
            key={`${x} ${y}`}
            x={a * x + c * y + e}
            y={b * x + d * y + f}
            className="fill-white stroke-black [paint-order:stroke]"
            strokeWidth={3}
            fontSize={14}
            textAnchor="middle"
            dominantBaseline="central"
          >
            {sign}
          </text>
        ))}
      </svg>
    </div>
  );
}

/** Signs of the strong cells at their centres, in image pixels; those of cells beyond the image's edge fall away. */
function cellMarks(heatmap: Heatmap, rows: number, columns: number) {
  const frame = placement(rows, columns);
  const middle = (cell: number) => cellCentre(cell, heatmap.rows) + 0.5; // of the pixel
  return signedCells(heatmap)
    .map(({ row, column, sign }) => ({
      x: ((middle(column) - frame.left) * columns) / frame.columns,
      y: ((middle(row) - frame.top) * rows) / frame.rows,
      sign,
    }))
    .filter(({ x, y }) => x >= 0 && x <= columns && y >= 0 && y <= rows);
}
